import { API_KEY } from '@viernes/contracts';
import {
  bodyTypesOf,
  ITEM_NAME,
  sessionCookieName,
  TRACE_HEADER,
  type Operation,
  type WebSocketMessages,
} from '@viernes/gateway';
import { REFRESH_COOKIE } from '../session/session-cookies.js';
import { OPERATIONS, TAGS } from './operations.js';
import { listParameters } from './parameters.js';
import { listErrors, ProblemResponses } from './problem-responses.js';
import { problem } from '../problem/problem.schema.js';
import { describeResponses, toContent } from './responses.js';
import { Schemas, type JsonSchema } from './schemas.js';

export type OpenApiDocument = JsonSchema & { readonly openapi: string };

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
        'Bodies with a schema are JSON or XML, as `Accept` and `Content-Type` select. In XML, the root element has the name of the schema.',
        `Properties are elements, items of an array are elements \`${ITEM_NAME}\` within it, and null is \`xsi:nil="true"\`.`,
        '`application/vnd.viernes.v2+json` and `+xml` in `Accept` select version 2. If a path does not have the version, the response is 406.',
        'Responses of deprecated operations have the headers `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and `Link` with the successor.',
        'A method that a path does not support returns 405 with the header `Allow`.',
        '`Request-Timeout` states how many seconds the client waits, if that is less than the timeout of the operation.',
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
        sessionCookie: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookieName({ protocol: 'https' }),
          description:
            'The access token of a session that was created with `Viernes-Session: cookie`, for pages of this origin. Requests that change something need this header, too. Otherwise, the response is 403 `CSRF_REJECTED`. Over plain HTTP, the name has no prefix.',
        },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: REFRESH_COOKIE },
      },
    },
  };
}

/** Converts `/v1/titles/:id` to `/v1/titles/{id}`. */
export function toTemplate(path: string): string {
  return path.replaceAll(/:([A-Za-z]+)/g, '{$1}');
}

function describe(operation: Operation, schemas: Schemas, problems: ProblemResponses): JsonSchema {
  const { operationId, tag, summary, role, body, deprecated, webSocket } = operation;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(deprecated && { deprecated: true }),
    ...(role && { description: `Requires the role \`${role}\`.` }),
    security: securityOf(operation),
    parameters: listParameters(operation, schemas),
    ...(webSocket && { 'x-web-socket': describeMessages(webSocket, schemas) }),
    ...(body && { requestBody: { required: true, content: toContent(bodyTypesOf(operation), schemas.add(body)) } }),
    responses: { ...describeResponses(operation, schemas), ...problems.addAll(listErrors(operation)) },
  };
}

/** Describes the messages of a WebSocket in an extension, because OpenAPI describes only the handshake. */
function describeMessages({ clientMessage, serverMessage }: WebSocketMessages, schemas: Schemas): JsonSchema {
  return { clientMessage: schemas.add(clientMessage), serverMessage: schemas.add(serverMessage) };
}

/** In OpenAPI 3.1, every kind of security scheme can list scopes. */
function securityOf({ auth, scope = 'none', cookie }: Operation): readonly JsonSchema[] {
  if (cookie !== undefined) return [{ refreshCookie: [] }];
  if (auth === 'none') return [];
  const credentials = [
    { bearer: [] },
    { sessionCookie: [] },
    ...(scope === 'none' ? [] : [{ apiKey: scope === 'any' ? [] : [scope] }]),
  ];
  return auth === 'required' ? credentials : [{}, ...credentials];
}

function sortByName(components: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)));
}
