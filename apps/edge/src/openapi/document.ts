import { API_KEY, ERRORS, type ErrorCode } from '@viernes/contracts';
import { getProblemTitle } from '@viernes/translations';
import {
  bodyTypesOf,
  IDEMPOTENCY_KEY,
  IDEMPOTENCY_KEY_HEADER,
  ITEM_NAME,
  JSON_TYPE,
  PROBLEM_TYPE,
  PROBLEM_XML_TYPE,
  REPLAYED_HEADER,
  toProblem,
  toSparseSchema,
  TRACE_HEADER,
  XML_TYPE,
  type Idempotency,
  type Operation,
} from '@viernes/gateway';
import { POSITION } from '@viernes/platform';
import { z } from 'zod';
import { REFRESH_COOKIE } from '../session/refresh-cookie.js';
import { OPERATIONS, TAGS } from './operations.js';
import { problem } from './problem.schema.js';
import { Schemas, type JsonSchema } from './schemas.js';

/** Errors that every operation can return. */
const COMMON_ERRORS: readonly ErrorCode[] = ['RATE_LIMITED', 'DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'INTERNAL'];

const EXAMPLE_TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

export type OpenApiDocument = JsonSchema & { readonly openapi: string };

/** Of operations with a cache, for anonymous callers. */
const CACHE_HEADERS = {
  ETag: 'Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change.',
  'Cache-Control': 'Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token.',
};

const ENTITY_TAG_HEADER = { ETag: 'Identifies the representation, for `If-Match` and `If-None-Match`' };

const POSITION_NAME = 'Viernes-Position';

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
    '`Viernes-Position` of the latest response to a write of this client. The response contains that write,',
    'unless the request has no token and the response comes from a cache.',
  ].join(' '),
  schema: { type: 'string', pattern: POSITION.source },
};

const REPLAYED_RESPONSE = { [REPLAYED_HEADER]: '`true` if the response is the stored one of an earlier request' };

const RETURNED_POSITION = {
  [POSITION_NAME]:
    'Send it with later requests, so that their responses contain this write. Absent if all responses contain it.',
};

/** Builds the OpenAPI 3.1 document from the operations that the edge serves. */
export function buildDocument(): OpenApiDocument {
  const schemas = new Schemas();
  const problems = new ProblemResponses(schemas.add(problem));
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const operation of OPERATIONS) {
    const path = (paths[toTemplate(operation.path)] ??= {});
    path[operation.method.toLowerCase()] = describe(operation, schemas, problems);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Viernes',
      version: '1.0.0',
      summary: 'A streaming platform for film nights',
      license: { name: 'MIT', identifier: 'MIT' },
      description: [
        `Errors are problem details (RFC 9457). Each response has the header \`${TRACE_HEADER}\`, which identifies the request in the logs.`,
        'Bodies with a schema are JSON, or XML as `Accept` and `Content-Type` select. The name of the schema is the root element.',
        `Properties are elements, items of an array are elements \`${ITEM_NAME}\` within it, and null is \`xsi:nil="true"\`.`,
        'A method that a path does not support returns 405 with the header `Allow`.',
        '`Request-Timeout` states in seconds how long the client waits, if that is less than the platform would.',
        'Responses can gain fields: clients must ignore fields that they do not know.',
      ].join(' '),
    },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: sortByName(schemas.components),
      responses: sortByName(problems.components),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access token of a session. It can call every operation that the role allows.',
        },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: `${API_KEY.start}…`,
          description:
            'A secret of an API key. It can call only the operations whose security requirement names one of its scopes.',
        },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: REFRESH_COOKIE },
      },
    },
  };
}

function toKeyParameter(idempotency: Idempotency): JsonSchema {
  return {
    name: IDEMPOTENCY_KEY_HEADER,
    in: 'header',
    required: false,
    description:
      idempotency === 'stored'
        ? 'A random value, such as a UUID. For 24 hours, a repeated request with it has no further effect, and the same response. Another request with it returns 422.'
        : `Has no effect. A request can be repeated without it: ${idempotency.notStored}.`,
    schema: { type: 'string', pattern: IDEMPOTENCY_KEY.source },
  };
}

/** `/v1/titles/{id}` for `/v1/titles/:id`. */
export function toTemplate(path: string): string {
  return path.replaceAll(/:([A-Za-z]+)/g, '{$1}');
}

function describe(operation: Operation, schemas: Schemas, problems: ProblemResponses): JsonSchema {
  const { operationId, tag, summary, role, body, cache, requiresIfMatch, acceptsPosition, idempotency } = operation;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(role && { description: `Requires the role \`${role}\`.` }),
    security: securityOf(operation),
    parameters: [
      ...parametersOf('path', operation, schemas),
      ...parametersOf('query', operation, schemas),
      ...(cache ? [IF_NONE_MATCH] : []),
      ...(requiresIfMatch ? [IF_MATCH] : []),
      ...(acceptsPosition ? [POSITION_PARAMETER] : []),
      ...(idempotency ? [toKeyParameter(idempotency)] : []),
    ],
    ...(body && { requestBody: { required: true, content: inEach(bodyTypesOf(operation), schemas.add(body)) } }),
    responses: { ...successOf(operation, schemas), ...problems.addAll(errorsOf(operation)) },
  };
}

/** OpenAPI 3.1 lists the scopes of every kind of scheme. */
function securityOf({ auth, scope = 'none', cookie }: Operation): readonly JsonSchema[] {
  if (cookie !== undefined) return [{ refreshCookie: [] }];
  if (auth === 'none') return [];
  const credentials = [{ bearer: [] }, ...(scope === 'none' ? [] : [{ apiKey: [scope] }])];
  return auth === 'required' ? credentials : [{}, ...credentials];
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

function successOf(
  { success, otherResponses = {}, cache, returnsEntityTag, returnsPosition, idempotency }: Operation,
  schemas: Schemas,
): Record<string, JsonSchema> {
  const { status, description } = success;
  const headers = describeHeaders({
    ...success.headers,
    ...(returnsEntityTag && ENTITY_TAG_HEADER),
    ...(cache && CACHE_HEADERS),
    ...(returnsPosition && RETURNED_POSITION),
    ...(idempotency === 'stored' && REPLAYED_RESPONSE),
  });
  const content = success.schema
    ? inEach(success.isJsonOnly ? [JSON_TYPE] : [JSON_TYPE, XML_TYPE], describeBody(success.schema, success, schemas))
    : contentOf(success.contentType);
  const others = Object.entries(otherResponses).map(([otherStatus, { contentType, ...other }]) => {
    const otherContent = contentOf(contentType);
    return [otherStatus, { ...other, ...(otherContent && { content: otherContent }) }];
  });
  return {
    [status]: {
      description,
      ...(headers && { headers }),
      ...(content && { content }),
    },
    ...(cache && { 304: { description: 'Not modified', headers: describeHeaders(CACHE_HEADERS) } }),
    ...(Object.fromEntries(others) as Record<string, JsonSchema>),
  };
}

/** A client that selects fields receives a response whose fields are optional. */
function describeBody(complete: z.ZodType, { selectable }: Operation['success'], schemas: Schemas): JsonSchema {
  if (!selectable || !(complete instanceof z.ZodObject)) return schemas.add(complete);
  return { anyOf: [schemas.add(complete), schemas.add(toSparseSchema(complete, selectable))] };
}

function describeHeaders(headers: Readonly<Record<string, string>>): JsonSchema | undefined {
  const entries = Object.entries(headers);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, description]) => [name, { description, schema: { type: 'string' } }]));
}

/** The same schema describes a body in each of the types. */
function inEach(types: readonly string[], schema: JsonSchema): JsonSchema {
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

/** An event stream has no schema: OpenAPI 3.1 cannot describe its events, and tools apply a schema to each of them. */
function contentOf(contentType: string | undefined): JsonSchema | undefined {
  if (contentType === undefined) return undefined;
  return { [contentType]: contentType === 'text/event-stream' ? {} : { schema: { type: 'string' } } };
}

/** Error responses are shared components: most operations return the same ones. */
class ProblemResponses {
  readonly components: Record<string, JsonSchema> = {};

  constructor(private readonly problemRef: JsonSchema) {}

  addAll(codes: Iterable<ErrorCode>): Record<string, JsonSchema> {
    const byStatus = new Map<number, ErrorCode[]>();
    for (const code of codes) {
      const { http } = ERRORS[code];
      byStatus.set(http, [...(byStatus.get(http) ?? []), code]);
    }
    const entries = [...byStatus].sort(([a], [b]) => a - b);
    return Object.fromEntries(entries.map(([status, group]) => [String(status), this.add(group)]));
  }

  private add(codes: readonly ErrorCode[]): JsonSchema {
    const name = codes.map(toPascalCase).join('Or');
    const examples = Object.fromEntries(codes.map((code) => [code, toExample(code)]));
    this.components[name] ??= {
      description: codes.map((code) => getProblemTitle(code)).join('. '),
      content: {
        [PROBLEM_TYPE]: { schema: this.problemRef, examples },
        [PROBLEM_XML_TYPE]: { schema: this.problemRef },
      },
    };
    return { $ref: `#/components/responses/${name}` };
  }
}

function toExample(code: ErrorCode): JsonSchema {
  const fieldErrors =
    code === 'REQUEST_INVALID' ? [{ path: 'pageSize', reason: 'maximum', values: { maximum: 100 } } as const] : [];
  return {
    summary: getProblemTitle(code),
    value: toProblem(code, { url: '/v1/titles', traceId: EXAMPLE_TRACE_ID, fieldErrors }),
  };
}

function errorsOf({
  params,
  query,
  body,
  streamsBody,
  isLong,
  success,
  auth,
  role,
  requiresIfMatch,
  acceptsPosition,
  idempotency,
  errors,
}: Operation): ReadonlySet<ErrorCode> {
  return new Set<ErrorCode>([
    ...(params || query || body ? (['REQUEST_INVALID'] as const) : []),
    ...(body ? (['BODY_TOO_LARGE'] as const) : []),
    ...(body || streamsBody ? (['MEDIA_TYPE_UNSUPPORTED'] as const) : []),
    ...(success.schema ? (['NOT_ACCEPTABLE'] as const) : []),
    ...(auth === 'none' ? [] : (['UNAUTHENTICATED', 'SESSION_ENDED', 'SCOPE_MISSING'] as const)),
    ...(role ? (['FORBIDDEN'] as const) : []),
    ...(requiresIfMatch ? (['PRECONDITION_REQUIRED'] as const) : []),
    ...(acceptsPosition ? (['POSITION_INVALID'] as const) : []),
    ...(idempotency ? (['IDEMPOTENCY_KEY_INVALID'] as const) : []),
    ...(idempotency === 'stored' ? (['IDEMPOTENCY_KEY_IN_USE', 'IDEMPOTENCY_KEY_REUSED'] as const) : []),
    ...errors,
    ...COMMON_ERRORS,
    ...(isLong || streamsBody ? [] : (['OVERLOADED'] as const)),
  ]);
}

function toPascalCase(code: ErrorCode): string {
  return code.replaceAll(/([A-Z])([A-Z]*)_?/g, (_match, first: string, rest: string) => first + rest.toLowerCase());
}

function sortByName(components: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)));
}
