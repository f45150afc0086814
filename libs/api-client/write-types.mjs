import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

/**
 * Writes the types of the API. The type of a response with selectable fields is that of the complete response, so that
 * callers that select no fields need no checks.
 */
const text = await readFile(new URL('../../apps/edge/openapi.json', import.meta.url), 'utf8');
const document = JSON.parse(text, (_name, value) => {
  const [complete, sparse] = value?.anyOf ?? [];
  return sparse?.$ref?.startsWith('#/components/schemas/Sparse') ? complete : value;
});
await writeFile(new URL('src/gen/openapi.ts', import.meta.url), astToString(await openapiTS(document)));
