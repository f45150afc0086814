import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { TitleService } from '@viernes/contracts/public';
import { WebSocket } from 'ws';
import { fromRandomAddress, TRUST_FORWARDED_FOR } from './testing/client-address.js';
import { titleMessage } from './testing/messages.js';
import { toPlans } from './testing/raised-limit.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';

const BURST = 3;
const film = titleMessage();

/** A client behind the load balancer. */
interface Client {
  getByHttp(): Promise<number>;
  /** @returns OK, or the error code */
  getByGrpc(headers?: Readonly<Record<string, string>>): Promise<Code | 'OK'>;
  openWebSocket(): Promise<WebSocket>;
}

/** Each client has its own budget, which shows whose address the edge has seen. */
describe('an edge behind a load balancer with the PROXY protocol', () => {
  let edge: TestEdge;
  let open: Pick<WebSocket, 'terminate'>[];

  beforeAll(async () => {
    const settings = { ...TRUST_FORWARDED_FOR, PROXY_PROTOCOL: 'true', HTTP_MAX_CONNECTION_AGE_MS: '0' };
    edge = await startEdge({ ...settings, PLANS: toPlans({ rate: 0.01, burst: BURST }) });
    edge.catalog.handlers.getTitle = () => ({ title: film });
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    open = [];
  });
  afterEach(() => {
    for (const each of open) each.terminate();
  });

  const portOf = (url: string): number => Number(new URL(url).port);
  const newClient = (address = fromRandomAddress()['x-forwarded-for']): Client => {
    const createConnection = (url: string) => (): Socket => {
      const socket = connect(portOf(url), '127.0.0.1');
      socket.write(`PROXY TCP4 ${address} 198.51.100.1 56324 443\r\n`);
      open.push({ terminate: () => socket.destroy() });
      return socket;
    };
    const nodeOptions = { createConnection: createConnection(edge.grpcUrl) };
    const titles = createClient(TitleService, createGrpcTransport({ baseUrl: edge.grpcUrl, nodeOptions }));
    const onHttpPort = { createConnection: createConnection(edge.url) };
    return {
      getByHttp: async () => {
        const request = get(`${edge.url}/v1/titles/${film.id}`, onHttpPort);
        const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
        response.resume();
        return response.statusCode;
      },
      getByGrpc: (headers = {}) =>
        titles.getTitle({ id: film.id }, { headers }).then(
          () => 'OK' as const,
          (error: unknown) => ConnectError.from(error).code,
        ),
      openWebSocket: async () => {
        const socket = new WebSocket(`${edge.url.replace('http', 'ws')}/v1/rpc`, onHttpPort);
        open.push(socket);
        await once(socket, 'open');
        return socket;
      },
    };
  };
  const call = async (socket: WebSocket): Promise<unknown> => {
    socket.send(JSON.stringify({ id: randomUUID(), method: 'getTitle', params: { id: film.id } }));
    const [data] = (await once(socket, 'message')) as [Buffer];
    return (JSON.parse(data.toString()) as { readonly problem?: { readonly code: string } }).problem?.code ?? 'OK';
  };

  it('counts gRPC calls for the client in the PROXY header, and ignores its X-Forwarded-For', async () => {
    const client = newClient();
    const codes = [];
    for (let count = 0; count <= BURST; count += 1) codes.push(await client.getByGrpc(fromRandomAddress()));
    expect(codes).toEqual(['OK', 'OK', 'OK', Code.ResourceExhausted]);
    expect(await newClient().getByGrpc()).toBe('OK');
  });

  it('counts the handshake and the messages of a WebSocket for the client in the PROXY header', async () => {
    const socket = await newClient().openWebSocket();
    expect([await call(socket), await call(socket), await call(socket)]).toEqual(['OK', 'OK', 'RATE_LIMITED']);
    expect(await call(await newClient().openWebSocket())).toBe('OK');
  });

  it('counts the requests of a client over all APIs together', async () => {
    const client = newClient();
    expect(await client.getByHttp()).toBe(200);
    expect(await client.getByGrpc()).toBe('OK');
    await client.openWebSocket();
    expect([await client.getByHttp(), await client.getByGrpc()]).toEqual([429, Code.ResourceExhausted]);
  });

  it('closes a gRPC connection of the load balancer without a PROXY header', async () => {
    const socket = connect(portOf(edge.grpcUrl), '127.0.0.1');
    // The preface of HTTP/2 (RFC 9113 section 3.4).
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    let received = 0;
    socket.on('data', (data: Buffer) => (received += data.length)).on('error', () => undefined);
    await once(socket, 'close');
    expect(received).toBe(0);
  });
});
