import { fastify } from 'fastify';
import { requireDeclaredRoutes } from './declared-routes.js';

describe('requireDeclaredRoutes', () => {
  it('rejects a route that declares no operation', () => {
    const server = fastify();
    requireDeclaredRoutes(server);
    expect(() => server.get('/v1/secrets', () => 'secret')).toThrow('route GET /v1/secrets declares no operation');
    expect(() => server.post('/soap', { config: { carries: 'soap' } }, () => 'response')).not.toThrow();
    expect(() => server.get('/*', { config: { servesWebApp: true } }, () => 'page')).not.toThrow();
  });
});
