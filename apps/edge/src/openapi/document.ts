import { ERRORS, type ErrorCode } from '@viernes/contracts';
import { PROBLEM_TYPE, TRACE_HEADER, type Operation } from '@viernes/gateway';
import { REFRESH_COOKIE } from '../session/refresh-cookie.js';
import { problem } from './problem.schema.js';
import { Schemas, type JsonSchema } from './schemas.js';

/** Any operation may answer these. */
const ALWAYS: readonly ErrorCode[] = ['RATE_LIMITED', 'DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'INTERNAL'];

export type OpenApiDocument = JsonSchema & { readonly openapi: string };

/** The API as OpenAPI 3.1, from the operations that route and check it. */
export function openApiDocument(operations: readonly Operation[]): OpenApiDocument {
  const schemas = new Schemas();
  const problemRef = schemas.add(problem);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:([A-Za-z]+)/g, '{$1}');
    (paths[path] ??= {})[operation.method.toLowerCase()] = describe(operation, schemas, problemRef);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Viernes',
      version: '1.0.0',
      summary: 'A film-night streaming platform',
      license: { name: 'MIT', identifier: 'MIT' },
      description: `Failures are problems (RFC 9457). Every answer has the header ${TRACE_HEADER}, which the logs know.`,
    },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas.components).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: REFRESH_COOKIE },
      },
    },
  };
}

function describe(operation: Operation, schemas: Schemas, problemRef: JsonSchema): JsonSchema {
  const { operationId, tag, summary, body } = operation;
  return {
    operationId,
    tags: [tag],
    summary,
    security: securityOf(operation),
    parameters: [...parametersOf('path', operation, schemas), ...parametersOf('query', operation, schemas)],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: schemas.add(body) } } } }),
    responses: { ...successOf(operation, schemas), ...problemsOf(operation, problemRef) },
  };
}

function securityOf({ bearer, cookie }: Operation): readonly JsonSchema[] {
  if (cookie !== undefined) return [{ refreshCookie: [] }];
  if (bearer === 'required') return [{ bearer: [] }];
  return bearer === 'optional' ? [{}, { bearer: [] }] : [];
}

function parametersOf(place: 'path' | 'query', operation: Operation, schemas: Schemas): JsonSchema[] {
  const source = place === 'path' ? operation.params : operation.query;
  if (!source) return [];
  const { properties = {}, required = [] } = schemas.add(source) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

function successOf({ success }: Operation, schemas: Schemas): Record<string, JsonSchema> {
  const { status, description, schema, contentType = 'application/json', headers = {} } = success;
  const content = schema ? { schema: schemas.add(schema) } : { schema: { type: 'string' } };
  const hasBody = schema !== undefined || success.contentType !== undefined;
  const described = Object.entries(headers).map(([name, text]) => [
    name,
    { description: text, schema: { type: 'string' } },
  ]);
  return {
    [status]: {
      description,
      ...(described.length > 0 && { headers: Object.fromEntries(described) as JsonSchema }),
      ...(hasBody && { content: { [contentType]: content } }),
    },
  };
}

function problemsOf(operation: Operation, problemRef: JsonSchema): Record<string, JsonSchema> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...codesOfShape(operation), ...operation.errors, ...ALWAYS])) {
    const { http } = ERRORS[code];
    byStatus.set(http, [...(byStatus.get(http) ?? []), code]);
  }
  const entries = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    entries.map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `${code}: ${ERRORS[code].title}`).join('; '),
        content: { [PROBLEM_TYPE]: { schema: problemRef } },
      },
    ]),
  );
}

function codesOfShape({ params, query, body, bearer }: Operation): ErrorCode[] {
  return [
    ...(params || query || body ? (['REQUEST_INVALID'] as const) : []),
    ...(body ? (['BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED'] as const) : []),
    ...(bearer === 'ignored' ? [] : (['UNAUTHENTICATED', 'SESSION_ENDED'] as const)),
  ];
}
