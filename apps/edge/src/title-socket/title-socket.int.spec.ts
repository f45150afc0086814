import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { catalogV1, CodedError } from '@viernes/contracts';
import { WebSocket } from 'ws';
import { fromRandomAddress, TRUST_FORWARDED_FOR } from '../testing/client-address.js';
import { titleMessage, titlePageMessage } from '../testing/messages.js';
import { toPlans } from '../testing/raised-limit.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const film = titleMessage();

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly result?: unknown;
  readonly problem?: { readonly code: string; readonly status: number; readonly errors?: readonly { path: string }[] };
}

describe('titles over a WebSocket', () => {
  let edge: TestEdge;
  let sockets: WebSocket[];

  beforeAll(async () => {
    edge = await startEdge({ ...TRUST_FORWARDED_FOR, PLANS: toPlans({ rate: 0.01, burst: 4 }) });
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    sockets = [];
    edge.catalog.handlers = {
      getTitle: ({ titleId }) => {
        if (titleId === film.id) return { title: film };
        throw new CodedError('TITLE_NOT_FOUND');
      },
      listTitles: () => titlePageMessage([film]),
    };
  });
  afterEach(() => {
    for (const socket of sockets) socket.terminate();
  });

  const open = async (headers: Readonly<Record<string, string>> = {}) => {
    const url = `${edge.url.replace('http', 'ws')}/v1/rpc`;
    const socket = new WebSocket(url, { headers: { ...fromRandomAddress(), ...headers } });
    sockets.push(socket);
    await once(socket, 'open');
    const received: Message[] = [];
    const waiting = new Map<string, (message: Message) => void>();
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      received.push(message);
      waiting.get(message.id ?? '')?.(message);
    });
    const call = (method: string, params?: unknown): Promise<Message> => {
      const id = randomUUID();
      const response = new Promise<Message>((resolve) => waiting.set(id, resolve));
      socket.send(JSON.stringify({ id, method, ...(params !== undefined && { params }) }));
      return response;
    };
    return { socket, received, call };
  };

  it('returns the content of the HTTP API over a WebSocket', async () => {
    const { call } = await open();
    const headers = fromRandomAddress();
    const title: unknown = await (await edge.fetch(`/v1/titles/${film.id}`, { token: null, headers })).json();
    const page: unknown = await (await edge.fetch('/v1/titles?genre=War&pageSize=5', { token: null, headers })).json();
    expect(await call('getTitle', { id: film.id })).toMatchObject({ type: 'result', result: title });
    const params = { genre: ['War'], pageSize: 5 };
    expect(await call('listTitles', params)).toMatchObject({ type: 'result', result: page });
  });

  it('sends each response as soon as it is complete', async () => {
    let respond = (): void => undefined;
    const isSlow = new Promise<void>((resolve) => (respond = resolve));
    edge.catalog.handlers.listTitles = async (): Promise<catalogV1.ListTitlesResponse> => {
      await isSlow;
      return titlePageMessage();
    };
    const { call, received } = await open();
    const slow = call('listTitles', { query: randomUUID() });
    const fast = await call('getTitle', { id: film.id });
    respond();
    expect(received).toEqual([fast]);
    expect(await slow).toMatchObject({ type: 'result', result: { titles: [] } });
  });

  it('returns errors as problem details with the ID of the request', async () => {
    const { call } = await open();
    const missing = await call('getTitle', { id: randomUUID() });
    expect(missing).toMatchObject({ type: 'error', problem: { code: 'TITLE_NOT_FOUND', status: 404 } });
    const invalid = await call('listTitles', { pageSize: 'many', page: 2 });
    expect(invalid.problem?.errors?.map(({ path }) => path)).toEqual(['pageSize', 'page']);
    expect(await call('deleteTitle')).toMatchObject({ problem: { code: 'REQUEST_INVALID' } });
    for (const id of [{}, '\ud800'])
      expect(await call('getTitle', { id })).toMatchObject({ problem: { code: 'REQUEST_INVALID' } });
  });

  it('runs calls over a WebSocket for the caller of the handshake', async () => {
    const accountId = randomUUID();
    let calledBy: unknown;
    edge.catalog.handlers.listTitles = (_request, { metadata }) => {
      calledBy = metadata.get('viernes-account-id')[0];
      return titlePageMessage();
    };
    const token = await edge.issuer.sign({ accountId });
    const byHeader = await open({ authorization: `Bearer ${token}` });
    await byHeader.call('listTitles');
    expect(calledBy).toBe(accountId);
    calledBy = undefined;
    const byCookie = await open({ cookie: `viernes_session=${token}`, origin: edge.url });
    await byCookie.call('listTitles', { genre: 'War' });
    expect(calledBy).toBe(accountId);
  });

  it('counts each message of a WebSocket as a request in the plan of the client', async () => {
    const { call } = await open();
    const codes = [];
    for (let count = 0; count < 4; count += 1) codes.push((await call('getTitle', { id: film.id })).problem?.code);
    // The handshake is the first of four.
    expect(codes).toEqual([undefined, undefined, undefined, 'RATE_LIMITED']);
  });

  it('closes a connection that violates the protocol', async () => {
    const { socket } = await open();
    socket.send(Buffer.from([1]));
    expect((await once(socket, 'close'))[0]).toBe(1003);
  });
});
