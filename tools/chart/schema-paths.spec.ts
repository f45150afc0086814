import { drift, SchemaPaths } from './schema-paths.ts';

const texts = { type: 'object', additionalProperties: { type: 'string' } };

const schema = new SchemaPaths({
  type: 'object',
  additionalProperties: false,
  required: ['services', 'level'],
  properties: {
    global: { type: 'object' },
    level: { enum: ['info', 'warn'] },
    services: {
      type: 'object',
      additionalProperties: false,
      required: ['edge'],
      properties: { edge: { $ref: '#/definitions/service' } },
    },
  },
  definitions: {
    service: {
      type: 'object',
      additionalProperties: false,
      required: ['replicas', 'env', 'resources', 'peers'],
      properties: {
        replicas: { type: 'integer' },
        env: texts,
        resources: { type: 'object', additionalProperties: false, properties: { cpu: { type: 'string' } } },
        peers: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
      },
    },
  },
});

test('values are where the sections end: free maps and maps of optional keys are one value', () => {
  expect(schema.leaves()).toEqual([
    'level',
    'services.edge.replicas',
    'services.edge.env',
    'services.edge.resources',
    'services.edge.peers',
  ]);
});

test('an object that takes any name is found, wherever it is', () => {
  expect(schema.openObjects()).toEqual(['/global', '#/definitions/service/peers[]']);
});

test('drift is told in both directions', () => {
  expect(drift(['a', 'b.c'], ['a', 'b.d'])).toEqual([
    'values.schema.json does not know b.c',
    'values.yaml does not have b.d',
  ]);
  expect(drift(['a'], ['a'])).toEqual([]);
});
