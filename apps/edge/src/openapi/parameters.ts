import { IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_HEADER, type Idempotency, type Operation } from '@viernes/gateway';
import { POSITION } from '@viernes/platform';
import { POSITION_NAME } from './responses.js';
import type { JsonSchema, Schemas } from './schemas.js';

const IF_MATCH: JsonSchema = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description:
    '`ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412.',
  schema: { type: 'string' },
};

const IF_NONE_MATCH: JsonSchema = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: '`ETag` of an earlier response. If it is still current, the response is 304 without a body.',
  schema: { type: 'string' },
};

const POSITION_PARAMETER: JsonSchema = {
  name: POSITION_NAME,
  in: 'header',
  required: false,
  description: [
    '`Viernes-Position` of the latest response to a write of this client. The response reflects that write,',
    'unless the request has no token and the response comes from a cache.',
  ].join(' '),
  schema: { type: 'string', pattern: POSITION.source },
};

const SESSION_PARAMETER: JsonSchema = {
  name: 'Viernes-Session',
  in: 'header',
  required: false,
  description:
    '`cookie` returns the access token in a cookie that scripts cannot read, instead of in the body. Other values have no effect.',
  schema: { type: 'string' },
  example: 'cookie',
};

/** Lists the parameters of an operation: in its path, its query, and the headers of its policies. */
export function listParameters(operation: Operation, schemas: Schemas): JsonSchema[] {
  const { cache, requiresIfMatch, acceptsPosition, idempotency, offersCookieSession } = operation;
  return [
    ...parametersOf('path', operation, schemas),
    ...parametersOf('query', operation, schemas),
    ...(cache ? [IF_NONE_MATCH] : []),
    ...(requiresIfMatch ? [IF_MATCH] : []),
    ...(acceptsPosition ? [POSITION_PARAMETER] : []),
    ...(idempotency ? [toKeyParameter(idempotency)] : []),
    ...(offersCookieSession ? [SESSION_PARAMETER] : []),
  ];
}

function parametersOf(location: 'path' | 'query', operation: Operation, schemas: Schemas): JsonSchema[] {
  const source = location === 'path' ? operation.params : operation.query;
  if (!source) return [];
  const { properties = {}, required = [] } = schemas.add(source) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, explode, ...schema }]) => ({
    name,
    in: location,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    ...(explode !== undefined && { explode }),
    schema,
  }));
}

function toKeyParameter(idempotency: Idempotency): JsonSchema {
  return {
    name: IDEMPOTENCY_KEY_HEADER,
    in: 'header',
    required: false,
    description:
      idempotency === 'stored'
        ? 'A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422.'
        : `Has no effect. The request can be repeated without a key: ${idempotency.notStored}.`,
    schema: { type: 'string', pattern: IDEMPOTENCY_KEY.source },
  };
}
