import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHART } from './files.ts';

type Schema = Readonly<Record<string, unknown>>;

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

/**
 * Returns the JSON pointers of the objects that accept unknown properties of any type. A typing error there would not
 * be rejected.
 */
function findOpenObjects(schema: unknown, path = ''): readonly string[] {
  if (!isSchema(schema)) return [];
  const isOpen =
    schema['type'] === 'object' &&
    schema['additionalProperties'] !== false &&
    !isSchema(schema['additionalProperties']);
  const nested = Object.entries(schema).flatMap(([key, value]) => findOpenObjects(value, `${path}/${key}`));
  return isOpen ? [path, ...nested] : nested;
}

test('objects that accept unknown properties are found at every depth', () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: { global: { type: 'object' }, level: { enum: ['info', 'warn'] } },
    definitions: {
      peers: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
      environment: { type: 'object', additionalProperties: { type: 'string' } },
    },
  };
  expect(findOpenObjects(schema)).toEqual(['/properties/global', '/definitions/peers/items']);
});

test('the schema of the chart accepts unknown values only in global and in affinities', () => {
  const schema: unknown = JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8'));
  // Helm sets global. Kubernetes validates affinities.
  const affinities = ['nodeAffinity', 'podAffinity', 'podAntiAffinity'];
  expect(findOpenObjects(schema).toSorted()).toEqual(
    [...affinities.map((kind) => `/definitions/affinity/properties/${kind}`), '/properties/global'].toSorted(),
  );
});
