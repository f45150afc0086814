import { readFileSync, writeFileSync } from 'node:fs';

// openapi-typescript generates only types. Clients also need the limits of request bodies, and the values of enums, at run time.
const LIMITS = ['minLength', 'maxLength', 'minimum', 'maximum', 'maxItems'];
const { components, paths } = JSON.parse(readFileSync('../../apps/edge/openapi.json', 'utf8'));

const bodies = Object.values(paths)
  .flatMap((path) => Object.values(path))
  .flatMap(({ requestBody }) => requestBody?.content?.['application/json']?.schema?.$ref ?? [])
  .map((ref) => ref.split('/').at(-1));

/** Returns the limits of a schema, of the items of an array (`items`), and of the fields of an object. */
function limitsOf(schema) {
  const own = LIMITS.filter((limit) => limit in schema).map((limit) => [limit, schema[limit]]);
  const nested = Object.entries({ ...schema.properties, ...(schema.items && { items: schema.items }) })
    .map(([name, child]) => [name, limitsOf(child)])
    .filter(([, found]) => Object.keys(found).length > 0);
  return Object.fromEntries([...own, ...nested]);
}

const limits = Object.fromEntries(
  [...new Set(bodies)]
    .sort()
    .map((name) => [name, limitsOf(components.schemas[name])])
    .filter(([, found]) => Object.keys(found).length > 0),
);
const enums = Object.fromEntries(
  Object.entries(components.schemas)
    .filter(([, schema]) => schema.enum)
    .map(([name, schema]) => [name, schema.enum]),
);

writeFileSync(
  'src/gen/limits.ts',
  `/** Generated from apps/edge/openapi.json by write-limits.mjs. Do not edit. */
export const limits = ${JSON.stringify(limits, null, 2)} as const;

/** The values of the enums, by the names of their schemas. */
export const enumValues = ${JSON.stringify(enums)} as const;
`,
);
