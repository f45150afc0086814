import {
  CSV_TYPE,
  JSON_TYPE,
  listSuccessors,
  REPLAYED_HEADER,
  toSparseSchema,
  versionedType,
  versionOf,
  XML_TYPE,
  type Operation,
} from '@viernes/gateway';
import { z } from 'zod';
import type { JsonSchema, Schemas } from './schemas.js';

/** Headers of operations with a cache, for anonymous callers. */
const CACHE_HEADERS = {
  ETag: 'Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change.',
  'Cache-Control': 'Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token.',
};

const ENTITY_TAG_HEADER = { ETag: 'Identifies the representation, for `If-Match` and `If-None-Match`' };

export const POSITION_NAME = 'Viernes-Position';

const RETURNED_POSITION = {
  [POSITION_NAME]:
    'Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it.',
};

const REPLAYED_RESPONSE = { [REPLAYED_HEADER]: '`true` if the response is the stored response to an earlier request' };

/** Headers of a deprecated operation. Errors have them, too, but their descriptions are shared by all operations. */
const DEPRECATION_HEADERS = {
  Deprecation: 'The time at which the operation became deprecated: `@` and epoch seconds (RFC 9745)',
  Sunset: 'The time from which the operation can be removed (RFC 8594)',
  Link: 'The same operation in the next version, with the relation `successor-version`',
};

/** Describes the responses of an operation that are not errors. */
export function describeResponses(operation: Operation, schemas: Schemas): Record<string, JsonSchema> {
  const { success, otherResponses = {}, cache, returnsEntityTag, returnsPosition, idempotency, deprecated } = operation;
  const { status, description } = success;
  const headers = describeHeaders({
    ...success.headers,
    ...(returnsEntityTag && ENTITY_TAG_HEADER),
    ...(cache && CACHE_HEADERS),
    ...(returnsPosition && RETURNED_POSITION),
    ...(idempotency === 'stored' && REPLAYED_RESPONSE),
    ...(deprecated && DEPRECATION_HEADERS),
  });
  const content = success.schema
    ? {
        ...toContent(
          success.isJsonOnly ? [JSON_TYPE] : [JSON_TYPE, XML_TYPE],
          describeBody(success.schema, success, schemas),
        ),
        ...describeSuccessors(operation, schemas),
        ...(success.csv && contentOf(CSV_TYPE)),
      }
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
    ...(cache && {
      304: {
        description: 'Not modified',
        headers: describeHeaders({ ...CACHE_HEADERS, ...(deprecated && DEPRECATION_HEADERS) }),
      },
    }),
    ...(Object.fromEntries(others) as Record<string, JsonSchema>),
  };
}

/** Describes the bodies of later versions, by the media types that select them. */
function describeSuccessors(operation: Operation, schemas: Schemas): JsonSchema {
  const contents = listSuccessors(operation).map((successor) => {
    const { schema, isJsonOnly } = successor.success;
    const formats = isJsonOnly ? (['json'] as const) : (['json', 'xml'] as const);
    const types = formats.map((format) => versionedType(versionOf(successor), format));
    return schema ? toContent(types, schemas.add(schema)) : {};
  });
  return Object.assign({}, ...contents) as JsonSchema;
}

/** Adds a schema with optional fields for clients that select fields. */
function describeBody(complete: z.ZodType, { selectable }: Operation['success'], schemas: Schemas): JsonSchema {
  if (!selectable || !(complete instanceof z.ZodObject)) return schemas.add(complete);
  return { anyOf: [schemas.add(complete), schemas.add(toSparseSchema(complete, selectable))] };
}

function describeHeaders(headers: Readonly<Record<string, string>>): JsonSchema | undefined {
  const entries = Object.entries(headers);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, description]) => [name, { description, schema: { type: 'string' } }]));
}

/** Describes a body that has the same schema in each media type. */
export function toContent(types: readonly string[], schema: JsonSchema): JsonSchema {
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

/** Omits the schema of event streams. OpenAPI 3.1 cannot describe them, and tools would apply it to each event. */
function contentOf(contentType: string | undefined): JsonSchema | undefined {
  if (contentType === undefined) return undefined;
  return { [contentType]: contentType === 'text/event-stream' ? {} : { schema: { type: 'string' } } };
}
