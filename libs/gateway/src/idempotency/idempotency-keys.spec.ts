import { fastify } from 'fastify';
import { defineOperation, type Operation } from '../routes/operation.js';
import { acceptIdempotencyKeys } from './idempotency-keys.js';

const createItem = defineOperation({
  operationId: 'createItem',
  method: 'POST',
  path: '/items',
  tag: 'items',
  summary: 'Create an item',
  auth: 'none',
  success: { status: 201, description: 'Created' },
  errors: [],
});

describe('acceptIdempotencyKeys', () => {
  const register = (changes: Pick<Operation, 'idempotency'> & { readonly method?: Operation['method'] }) => {
    const operation: Operation = { ...createItem, ...changes };
    const server = fastify();
    acceptIdempotencyKeys(server);
    server.route({ method: operation.method, url: '/items', config: { operation }, handler: () => 'item' });
  };

  it('rejects a POST that does not declare its idempotency, and another method that does', () => {
    expect(() => register({})).toThrow('createItem');
    expect(() => register({ method: 'PUT', idempotency: 'stored' })).toThrow('createItem');
  });

  it('accepts each declaration of a POST, and other methods without one', () => {
    register({ idempotency: 'stored' });
    register({ idempotency: { notStored: 'nothing changes' } });
    register({ method: 'PUT' });
  });
});
