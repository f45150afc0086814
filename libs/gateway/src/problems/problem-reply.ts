import { CodedError, ERRORS } from '@viernes/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import '../routes/fastify-augmentation.js';
import { selectProblemFormat } from '../formats/select-format.js';
import { selectLanguage } from '../formats/select-language.js';
import { toProblemXml } from '../formats/to-xml.js';
import { bodyTypesOf, MERGE_PATCH_TYPE } from '../routes/operation.js';
import { PROBLEM_TYPE, PROBLEM_XML_TYPE, toProblem } from './problem.js';
import { routeConfigOf } from '../routes/route-config.js';

/** Used if the error has no retryAfterSeconds. */
export const RETRY_AFTER_SECONDS = 2;

/** Sends an error as problem details with the headers that belong to its status. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, traceId: string, error: CodedError): void {
  request.codedError = error;
  const { http, retry } = ERRORS[error.code];
  const { retryAfterSeconds } = error.details;
  if (retry === 'later') reply.header('retry-after', String(retryAfterSeconds ?? RETRY_AFTER_SECONDS));
  // Required by RFC 9110 section 11.6.1. The parameter marks an invalid token (RFC 6750 section 3).
  if (http === 401) {
    reply.header('www-authenticate', request.headers.authorization ? 'Bearer error="invalid_token"' : 'Bearer');
  }
  if (http === 415) addAcceptedTypes(request, reply);
  const { headers, body } = writeProblem(request, traceId, error);
  // Replaces the serializer of an operation, which would write the text as a value.
  void reply
    .code(http)
    .headers(headers)
    .serializer((text: string) => text)
    .send(body);
}

/** Returns problem details in the format and the language that the client prefers. */
export function writeProblem(
  { url, headers }: FastifyRequest,
  traceId: string,
  { code, fieldErrors }: Pick<CodedError, 'code' | 'fieldErrors'>,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const language = selectLanguage(headers['accept-language']);
  const problem = toProblem(code, { url, traceId, fieldErrors, language });
  const isXml = selectProblemFormat(headers.accept) === 'xml';
  return {
    headers: {
      'content-type': isXml ? PROBLEM_XML_TYPE : PROBLEM_TYPE,
      'content-language': language,
      'cache-control': 'no-store',
      vary: 'Accept, Accept-Language',
    },
    body: isXml ? toProblemXml(problem) : JSON.stringify(problem),
  };
}

/** @see RFC 9110 section 15.5.16, RFC 5789 section 2.2 */
function addAcceptedTypes(request: FastifyRequest, reply: FastifyReply): void {
  const config = routeConfigOf(request);
  if (!config.operation?.body) return;
  const types = bodyTypesOf(config.operation);
  reply.header(types.includes(MERGE_PATCH_TYPE) ? 'accept-patch' : 'accept', types.join(', '));
}
