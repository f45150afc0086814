import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { handleClientError } from './connection-errors.js';

describe('handleClientError', () => {
  let server: FastifyInstance;
  beforeAll(async () => {
    server = fastify({
      http: { headersTimeout: 50, connectionsCheckingInterval: 50 },
      clientErrorHandler: handleClientError,
    });
    await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  const send = async (text: string): Promise<string> => {
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(text);
    let response = '';
    for await (const chunk of socket) response += String(chunk);
    return response;
  };

  it('returns 408 if the headers do not arrive in time', async () => {
    expect(await send('GET / HTTP/1.1\r\n')).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n.*"code":"REQUEST_TIMEOUT"/s);
  });

  it('returns 400 for text that is not HTTP', async () => {
    expect(await send('hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*is not valid HTTP/s);
  });

  it('closes a connection that has sent no request, without a response', async () => {
    expect(await send('')).toBe('');
  });
});
