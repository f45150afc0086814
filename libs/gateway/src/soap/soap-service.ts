import type { z } from 'zod';
import type { Operation } from '../routes/operation.js';

/** A read of the HTTP API as a SOAP method. */
export interface SoapMethod {
  readonly name: string;
  readonly operation: Operation;
  /** Types of the parameters, for the WSDL and to read them from XML. The operation validates the values. */
  readonly request: z.ZodObject;
  /** Properties of the response element, in this order. Others are not sent. */
  readonly response: z.ZodObject;
  /** Converts the body of the operation. Default: the body. */
  readonly toResponse?: (body: unknown) => unknown;
}

export interface SoapService {
  readonly name: string;
  readonly path: string;
  /** The XML namespace of the elements. An incompatible change requires another one. */
  readonly namespace: string;
  readonly methods: readonly SoapMethod[];
}
