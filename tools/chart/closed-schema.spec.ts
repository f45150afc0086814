import { findOpenObjects } from './closed-schema.ts';

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
