import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { defineOperation } from '../routes/operation.js';
import { limitBodyDuration } from './body-duration.js';
import { parseBodies } from './request-body.js';
import { acceptStreamedBodies } from './streamed-body.js';

const operation = defineOperation({
  operationId: 'test',
  method: 'PUT',
  path: '/streamed',
  tag: 'tests',
  summary: 'A test',
  auth: 'none',
  streamsBody: true,
  success: { status: 204, description: 'Success' },
  errors: [],
});

describe('limitBodyDuration', () => {
  let server: FastifyInstance;
  beforeAll(async () => {
    server = fastify({ requestTimeout: 0 });
    limitBodyDuration(server, 50);
    parseBodies(server);
    acceptStreamedBodies(server);
    server.post('/read', () => 'read');
    server.put('/streamed', { config: { operation } }, async ({ raw }) => {
      let bytes = 0;
      for await (const chunk of raw) bytes += (chunk as Buffer).length;
      return `received ${bytes}`;
    });
    await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  /** Sends the headers and half of the body. */
  const startRequest = async (requestLine: string): Promise<Socket> => {
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `${requestLine} HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: 4\r\n\r\nno`,
    );
    return socket;
  };
  const readAll = async (socket: Socket): Promise<string> => {
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    return text;
  };

  it('returns 408 and closes the connection if the body does not arrive in time', async () => {
    expect(await readAll(await startRequest('POST /read'))).toMatch(/^HTTP\/1\.1 408 .*REQUEST_TIMEOUT/s);
  });

  it('does not limit a body that the operation streams', async () => {
    const late = await startRequest('POST /read');
    const streamed = await startRequest('PUT /streamed');
    // When the first request is rejected, the time limit has also passed for the second one.
    await readAll(late);
    streamed.write('pe');
    const [response] = (await once(streamed, 'data')) as [Buffer];
    streamed.destroy();
    expect(String(response)).toMatch(/^HTTP\/1\.1 200 .*received 4$/s);
  });
});
