import { readFileSync, writeFileSync } from 'node:fs';

// openapi-typescript generates only types. Clients also need the limits of requests, and the values of enums, at run time.
const LIMITS = ['minLength', 'maxLength', 'minimum', 'maximum', 'maxItems'];
const { components, paths } = JSON.parse(readFileSync('../../apps/edge/openapi.json', 'utf8'));
const operations = Object.values(paths).flatMap((path) => Object.values(path));

/** Schemas of request bodies, and of the messages that clients send over a WebSocket. */
const requests = operations
  .flatMap(({ requestBody, 'x-web-socket': socket }) => [
    requestBody?.content?.['application/json']?.schema?.$ref ?? [],
    socket?.clientMessage.$ref ?? [],
  ])
  .flat()
  .map((ref) => ref.split('/').at(-1));

/**
 * Returns the limits of a schema, of the items of an array (`items`), of the fields of an object, and of the alternatives of
 * a union by their `type`.
 */
function limitsOf(schema) {
  const own = LIMITS.filter((limit) => limit in schema).map((limit) => [limit, schema[limit]]);
  const alternatives = (schema.oneOf ?? [])
    .filter(({ properties }) => properties?.type?.const)
    .map((each) => [each.properties.type.const, each]);
  const nested = { ...schema.properties, ...(schema.items && { items: schema.items }) };
  return Object.fromEntries([...own, ...listLimits([...Object.entries(nested), ...alternatives])]);
}

/** Returns the limits of named schemas. Omits schemas without limits. */
function listLimits(schemas) {
  return schemas.map(([name, schema]) => [name, limitsOf(schema)]).filter(([, found]) => Object.keys(found).length > 0);
}

const limits = Object.fromEntries(
  listLimits([...new Set(requests)].sort().map((name) => [name, components.schemas[name]])),
);
const queryLimits = Object.fromEntries(
  operations
    .map(({ operationId, parameters = [] }) => {
      const query = parameters.filter((parameter) => parameter.in === 'query');
      return [operationId, Object.fromEntries(listLimits(query.map(({ name, schema }) => [name, schema])))];
    })
    .filter(([, found]) => Object.keys(found).length > 0),
);
const enums = Object.fromEntries(
  Object.entries(components.schemas)
    .filter(([, schema]) => schema.enum)
    .map(([name, schema]) => [name, schema.enum]),
);

const HEAD = '/** Generated from apps/edge/openapi.json by write-limits.mjs. Do not edit. */';

writeFileSync(
  'src/gen/limits.ts',
  `${HEAD}
export const limits = ${JSON.stringify(limits, null, 2)} as const;

/** The values of the enums, by the names of their schemas. */
export const enumValues = ${JSON.stringify(enums)} as const;
`,
);
// A separate file, because the first load of the web app needs these limits and no others.
writeFileSync(
  'src/gen/query-limits.ts',
  `${HEAD}
export const queryLimits = ${JSON.stringify(queryLimits, null, 2)} as const;
`,
);
