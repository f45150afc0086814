import { fastify, type FastifyRequest } from 'fastify';
import { defineOperation } from '../routes/operation.js';
import { isShortenedByClient, timeoutOf } from './request-timeout.js';

const operation = defineOperation({
  operationId: 'getItem',
  method: 'GET',
  path: '/items',
  tag: 'items',
  summary: 'Get an item',
  auth: 'none',
  timeoutMs: 2_000,
  success: { status: 200, description: 'The item' },
  errors: [],
});

describe('Request-Timeout', () => {
  const read = async <Value>(seconds: string | undefined, of: (request: FastifyRequest) => Value): Promise<unknown> => {
    const server = fastify();
    server.get('/items', { config: { operation } }, (request) => ({ value: of(request) }));
    const headers = seconds === undefined ? {} : { 'request-timeout': seconds };
    return (await server.inject({ url: '/items', headers })).json<{ value: unknown }>().value;
  };

  it.each([
    [undefined, 2_000, false],
    ['0.5', 500, true],
    ['2', 2_000, false],
    ['60', 2_000, false],
  ])('limits a request with the Request-Timeout %s to %i ms', async (seconds, timeoutMs, isShortened) => {
    expect(await read(seconds, timeoutOf)).toBe(timeoutMs);
    expect(await read(seconds, isShortenedByClient)).toBe(isShortened);
  });
});
