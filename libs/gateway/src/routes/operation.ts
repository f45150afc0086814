import type { ErrorCode } from '@viernes/contracts';
import type { z } from 'zod';

/** What an operation does with the Authorization header. An invalid token is refused wherever one is looked at. */
export type AuthMode = 'ignored' | 'optional' | 'required';

export interface Success {
  readonly status: number;
  readonly description: string;
  /** Of a JSON body. */
  readonly schema?: z.ZodType;
  /** Where the body is something else: `text/event-stream`. */
  readonly contentType?: string;
  /** Headers worth documenting, with their description. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One method on one address, said once: the route, what it accepts, and its documentation come from here. */
export interface Operation {
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** In the router's syntax: `/v1/titles/:id`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly bearer: AuthMode;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body is bytes of any type that the handler reads by itself from the raw request, and bounds in size and time. */
  readonly streamsBody?: true;
  /** Names a cookie that stands for the caller, in place of a token. */
  readonly cookie?: string;
  readonly success: Success;
  /** Codes of its own; those that any operation may answer need not be listed. */
  readonly errors: readonly ErrorCode[];
  /** How long the answer may take, DEFAULT_TIMEOUT_MS where absent. */
  readonly timeoutMs?: number;
}

/** Long enough for a slow query, short enough that nobody waits for what will not come. */
export const DEFAULT_TIMEOUT_MS = 5_000;

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

/** What a handler of the operation gets, already checked. */
export interface InputOf<Described extends Operation> {
  readonly params: Parsed<Described['params']>;
  readonly query: Parsed<Described['query']>;
  readonly body: Parsed<Described['body']>;
}

/** What a handler of the operation must answer. */
export type ResponseOf<Described extends Operation> = Described['success'] extends {
  readonly schema: infer Schema extends z.ZodType;
}
  ? z.infer<Schema>
  : void;

/** Keeps the exact types of an operation, which InputOf and ResponseOf read. */
export function defineOperation<const Described extends Operation>(operation: Described): Described {
  return operation;
}
