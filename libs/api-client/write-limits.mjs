import { readFileSync, writeFileSync } from 'node:fs';

// openapi-typescript keeps types only. Forms also need the limits of text and numbers in request bodies.
const LIMITS = ['minLength', 'maxLength', 'minimum', 'maximum'];
const { components, paths } = JSON.parse(readFileSync('../../apps/edge/openapi.json', 'utf8'));

const bodies = Object.values(paths)
  .flatMap((path) => Object.values(path))
  .flatMap(({ requestBody }) => requestBody?.content?.['application/json']?.schema?.$ref ?? [])
  .map((ref) => ref.split('/').at(-1));

const limits = {};
for (const name of [...new Set(bodies)].sort()) {
  for (const [field, schema] of Object.entries(components.schemas[name].properties ?? {})) {
    const found = LIMITS.filter((limit) => limit in schema).map((limit) => [limit, schema[limit]]);
    if (found.length > 0) limits[name] = { ...limits[name], [field]: Object.fromEntries(found) };
  }
}

writeFileSync(
  'src/gen/limits.ts',
  `/** Generated from apps/edge/openapi.json by write-limits.mjs. Do not edit. */
export const limits = ${JSON.stringify(limits, null, 2)} as const;
`,
);
