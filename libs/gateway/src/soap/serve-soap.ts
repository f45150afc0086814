import { CodedError } from '@viernes/contracts';
import type { Logger } from '@viernes/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CALL_LIMIT_BYTES, clientOf, dispatch } from '../dispatch/dispatch.js';
import { decodeUtf8, toBodyError } from '../formats/body-error.js';
import { fromElement } from '../formats/from-xml.js';
import { selectLanguage } from '../formats/select-language.js';
import { toElement, XSI_NAMESPACE } from '../formats/to-xml.js';
import { fromFrameworkError } from '../problems/framework-errors.js';
import { toProblem, type Problem } from '../problems/problem.js';
import {
  readEnvelope,
  SOAP_11,
  SOAP_12,
  SoapError,
  toFaultCode,
  toFaultStatus,
  writeEnvelope,
  writeFault,
  type SoapVersion,
} from './envelope.js';
import type { SoapService } from './soap-service.js';
import { toResponseName, writeWsdl } from './wsdl.js';

/** Headers of the operation that are copied to the SOAP response. */
const RESPONSE_HEADERS = ['age', 'ratelimit', 'ratelimit-policy', 'retry-after'];

/** Serves reads of the HTTP API over SOAP 1.1 and 1.2, and describes them in a WSDL. Errors are faults. */
export async function serveSoap(fastify: FastifyInstance, service: SoapService, logger: Logger): Promise<void> {
  const config = { carries: 'soap' } as const;
  await fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    const types = [SOAP_11, SOAP_12].map(({ contentType }) => contentType);
    scope.addContentTypeParser(types, { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(new CodedError('MEDIA_TYPE_UNSUPPORTED')));
    scope.setErrorHandler((error, request, reply) => {
      const isSoap12 = request.headers['content-type']?.startsWith(SOAP_12.contentType);
      return sendError(request, reply, error, isSoap12 ? SOAP_12 : SOAP_11, logger);
    });
    scope.get(service.path, { config, exposeHeadRoute: false }, (request, reply) => {
      if (!Object.keys(request.query as object).some((name) => name.toLowerCase() === 'wsdl')) {
        throw new CodedError('ROUTE_NOT_FOUND');
      }
      return reply
        .type('text/xml; charset=utf-8')
        .send(writeWsdl(service, `${request.protocol}://${request.host}${service.path}`));
    });
    scope.post(service.path, { config, bodyLimit: CALL_LIMIT_BYTES }, (request, reply) =>
      call(fastify, service, request, reply, logger),
    );
    done();
  });
}

async function call(
  fastify: FastifyInstance,
  service: SoapService,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): Promise<FastifyReply> {
  const { version, body } = readEnvelope(decodeUtf8(request.body instanceof Buffer ? request.body : Buffer.alloc(0)));
  try {
    const method = service.methods.find(({ name }) => name === body.name && body.uri === service.namespace);
    if (!method) {
      const names = service.methods.map(({ name }) => name).join(', ');
      throw toBodyError({ reason: 'options', values: { options: names } });
    }
    const { operation, toResponse = (value: unknown): unknown => value } = method;
    const input = fromElement(body, method.request);
    // The element contains a text, or `xsi:nil`.
    if (typeof input !== 'object' || input === null) {
      throw toBodyError({ reason: 'object' });
    }
    const response = await dispatch(fastify, {
      operation,
      input: { ...input },
      client: clientOf(request),
      signal: closeSignal(reply),
    });
    for (const name of RESPONSE_HEADERS) {
      if (response.headers[name] !== undefined) reply.header(name, response.headers[name]);
    }
    if (response.problem) return sendFault(request, reply, version, response.problem);
    // Sorts the properties in the order of the schema, and omits others.
    const content = method.response.parse(toResponse(response.body));
    const namespaces = ` xmlns="${service.namespace}" xmlns:xsi="${XSI_NAMESPACE}"`;
    const element = toElement(toResponseName(method), content, namespaces);
    return await reply.type(`${version.contentType}; charset=utf-8`).send(writeEnvelope(version, element));
  } catch (error) {
    return sendError(request, reply, error, version, logger);
  }
}

/** Aborts if the client disconnects before the response is complete. */
function closeSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  defaultVersion: SoapVersion,
  logger: Logger,
): FastifyReply {
  const isSoap = error instanceof SoapError;
  const { code, fieldErrors, cause } = isSoap ? new CodedError('REQUEST_INVALID') : fromFrameworkError(error);
  const { traceId } = request.requestContext;
  if (code === 'INTERNAL') logger.error({ err: cause ?? error, traceId }, 'SOAP request failed');
  const problem = toProblem(code, { url: request.url, traceId, fieldErrors, language: languageOf(request) });
  const version = isSoap ? error.version : defaultVersion;
  return sendFault(request, reply, version, problem, isSoap ? error.faultCode : undefined);
}

function sendFault(
  request: FastifyRequest,
  reply: FastifyReply,
  version: SoapVersion,
  problem: Problem,
  faultCode = toFaultCode(version, problem),
): FastifyReply {
  return reply
    .code(toFaultStatus(version, faultCode))
    .type(`${version.contentType}; charset=utf-8`)
    .send(writeFault(version, problem, languageOf(request), faultCode));
}

function languageOf({ headers }: FastifyRequest): string {
  return selectLanguage(headers['accept-language']);
}
