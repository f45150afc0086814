import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { defineOperation } from '../routes/operation.js';
import { boundBodyTime } from './body-time.js';
import { acceptJsonOnly } from './json-body.js';
import { passStreamedBodies } from './streamed-body.js';

const operation = defineOperation({
  operationId: 'test',
  method: 'PUT',
  path: '/streamed',
  tag: 'tests',
  summary: 'A test',
  auth: 'none',
  streamsBody: true,
  success: { status: 204, description: 'Well' },
  errors: [],
});

describe('the time that a body takes', () => {
  let server: FastifyInstance;
  beforeAll(async () => {
    server = fastify({ requestTimeout: 0 });
    boundBodyTime(server, 50);
    acceptJsonOnly(server);
    passStreamedBodies(server);
    server.post('/read', () => 'read');
    server.put('/streamed', { config: { operation } }, async ({ raw }) => {
      let bytes = 0;
      for await (const chunk of raw) bytes += (chunk as Buffer).length;
      return `took ${bytes}`;
    });
    await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  const open = async (head: string): Promise<Socket> => {
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`${head} HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: 4\r\n\r\nno`);
    return socket;
  };
  const textOf = async (socket: Socket): Promise<string> => {
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    return text;
  };

  it('is bounded: one that dribbles its body is told so and loses the connection', async () => {
    expect(await textOf(await open('POST /read'))).toMatch(/^HTTP\/1\.1 400 .*did not arrive in time/s);
  });

  it('is the business of the operation where it streams it', async () => {
    const late = await open('POST /read');
    const streamed = await open('PUT /streamed');
    // Once the one is cut off, the time of the other is over as well.
    await textOf(late);
    streamed.write('pe');
    const [answer] = (await once(streamed, 'data')) as [Buffer];
    streamed.destroy();
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 .*took 4$/s);
  });
});
