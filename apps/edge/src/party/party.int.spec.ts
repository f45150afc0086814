import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { CodedError, type videoV1 } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import { WebSocket } from 'undici';
import type { CallInfo } from '../testing/fake-grpc-server.js';
import { profileMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const CODE = 'hRk3nV0vT4mJ1w9oYc2QzA';
const [titleId, profileId, selfId] = [randomUUID(), randomUUID(), randomUUID()];

interface Message {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A stream of the fake service. */
interface Stream {
  readonly requests: videoV1.JoinPartyRequest['message'][];
  readonly call: CallInfo;
  readonly send: (message: NonNullable<videoV1.JoinPartyResponse['message']>) => void;
  readonly end: () => void;
}

const textEntry = (number: number): videoV1.PartyTextEntry => {
  const sentAt = new Date(0).toISOString();
  return { number, clientId: randomUUID(), participantId: selfId, name: 'Ada', text: `${number}`, sentAt };
};
const STATE: videoV1.PartyState = {
  revision: 3,
  playback: { isPlaying: true, positionMs: 1_000, atMs: 1.5 },
  hostId: selfId,
  selfId,
  participants: [{ id: selfId, name: 'Ada' }],
};

describe('/v1/parties', () => {
  let edge: TestEdge;
  let streams: Stream[];
  let sockets: WebSocket[];
  let created: videoV1.CreatePartyRequest[];

  beforeAll(async () => {
    edge = await startEdge();
  });
  beforeEach(() => {
    [streams, sockets, created] = [[], [], []];
    edge.catalog.handlers = { checkVisibility: () => ({ minimumAge: 12 }) };
    edge.user.handlers.getProfile = () => ({ profile: profileMessage({ id: profileId }) });
    edge.video.handlers = {
      createParty: (request) => {
        created.push(request);
        const { titleId: title, videoId } = request;
        return { party: { code: CODE, titleId: title, videoId, durationMs: 90_000, participantCount: 1 } };
      },
      getParty: ({ code }) => {
        if (code !== CODE) throw new CodedError('PARTY_NOT_FOUND');
        return { party: { code, titleId, videoId: titleId, durationMs: 90_000, participantCount: 2 } };
      },
      joinParty: serve,
    };
  });
  afterEach(async () => {
    for (const socket of sockets) socket.close();
    await eventually(() => streams.every(({ call }) => call.signal.aborted));
  });
  afterAll(() => edge.stop());

  async function* serve(requests: AsyncIterable<videoV1.JoinPartyRequest>, call: CallInfo) {
    const responses: NonNullable<videoV1.JoinPartyResponse['message']>[] = [];
    let wake = (): void => undefined;
    let isEnded = false;
    const stream: Stream = {
      requests: [],
      call,
      send: (message) => {
        responses.push(message);
        wake();
      },
      end: () => {
        isEnded = true;
        wake();
      },
    };
    streams.push(stream);
    call.signal.addEventListener('abort', () => stream.end());
    const read = async () => {
      for await (const { message } of requests) stream.requests.push(message);
    };
    read().catch(() => undefined);
    while (!isEnded) {
      for (const message of responses.splice(0)) yield { message };
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  const createParty = (body: object) =>
    edge.fetch('/v1/parties', { method: 'POST', json: { titleId, profileId, ...body } });

  async function connect(path = `/v1/parties/${CODE}/messages`, profile: string | undefined = profileId) {
    const token = await edge.issuer.sign({ ...(profile && { profileId: profile }) });
    const url = new URL(path, edge.url.replace('http', 'ws'));
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
    sockets.push(socket);
    const messages: Message[] = [];
    socket.addEventListener('message', ({ data }) => messages.push(JSON.parse(String(data)) as Message));
    const closed = once(socket, 'close').then(([{ code }]) => code as number);
    await once(socket, 'open');
    return { messages, closed, send: (message: Message) => socket.send(JSON.stringify(message)) };
  }

  const nextStream = (index = 0): Promise<Stream> =>
    eventually(() => {
      const stream = streams[index];
      return stream && stream.requests.length > 0 ? stream : false;
    });

  it('opens a party under the name of the profile, with the minimum age of the video', async () => {
    const response = await createParty({});
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe(`/v1/parties/${CODE}`);
    const party = { code: CODE, titleId, videoId: titleId, durationMs: 90_000, participantCount: 1 };
    expect(await response.json()).toEqual(party);
    expect(created).toEqual([{ titleId, videoId: titleId, profileId, name: 'Ada', minimumAge: 12 }]);
    const episodeId = randomUUID();
    expect(await (await createParty({ episodeId })).json()).toEqual({ ...party, videoId: episodeId });
  });

  it('opens a party for the next episode of a series', async () => {
    const create = edge.video.handlers.createParty;
    edge.video.handlers.createParty = (request, call) => {
      if (request.videoId === titleId) throw new CodedError('TITLE_NOT_PLAYABLE');
      return create?.(request, call) ?? { party: undefined };
    };
    const episodeId = randomUUID();
    const episode = {
      id: episodeId,
      titleId,
      seasonNumber: 1,
      number: 1,
      name: 'Pilot',
      synopsis: '',
      isPlayable: true,
    };
    const season = { number: 1, name: '', synopsis: '', revision: 1, episodes: [episode] };
    edge.catalog.handlers.listSeasons = () => ({ seasons: [season] });
    edge.user.handlers.getLatestProgress = () => ({ titleId: '', isFinished: false });
    expect(await (await createParty({})).json()).toMatchObject({ titleId, videoId: episodeId });
  });

  it('returns a party by its code, and 404 for an unknown one', async () => {
    expect(await (await edge.fetch(`/v1/parties/${CODE}`)).json()).toMatchObject({ titleId, participantCount: 2 });
    const response = await edge.fetch('/v1/parties/unknown');
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, 'PARTY_NOT_FOUND']);
  });

  it('forwards messages in both directions, with the caller and without a deadline', async () => {
    const client = await connect(`/v1/parties/${CODE}/messages?after=7`);
    const stream = await nextStream();
    expect(stream.requests).toEqual([{ $case: 'join', join: { code: CODE, name: 'Ada', lastTextNumber: 7 } }]);
    expect(stream.call.metadata.get('viernes-profile-id')).toEqual([profileId]);
    expect(stream.call.deadlineAt).toBe(Infinity);

    const id = randomUUID();
    client.send({ type: 'ping', sentAtMs: 1.5 });
    client.send({ type: 'control', isPlaying: true, positionMs: 2_000 });
    client.send({ type: 'text', id, text: 'hello' });
    client.send({ type: 'reaction', reaction: 'applause' });
    client.send({ type: 'handOver', participantId: selfId });
    await eventually(() => stream.requests.length === 6);
    expect(stream.requests.slice(1)).toEqual([
      { $case: 'ping', ping: { sentAtMs: 1.5 } },
      { $case: 'control', control: { isPlaying: true, positionMs: 2_000 } },
      { $case: 'text', text: { clientId: id, text: 'hello' } },
      { $case: 'reaction', reaction: { kind: 5 } },
      { $case: 'handOver', handOver: { participantId: selfId } },
    ]);

    const { clientId, ...text } = textEntry(8);
    stream.send({ $case: 'state', state: STATE });
    stream.send({ $case: 'texts', texts: { texts: [{ clientId, ...text }] } });
    stream.send({ $case: 'pong', pong: { sentAtMs: 1.5, serverTimeMs: 9.5 } });
    stream.send({ $case: 'reacted', reacted: { participantId: selfId, kind: 1 } });
    stream.send({ $case: 'rejection', rejection: { code: 'RATE_LIMITED', clientId: id } });
    await eventually(() => client.messages.length === 6);
    expect(client.messages).toEqual([
      { type: 'joined' },
      { type: 'state', ...STATE },
      { type: 'texts', texts: [{ ...text, id: clientId }] },
      { type: 'pong', sentAtMs: 1.5, serverTimeMs: 9.5 },
      { type: 'reacted', participantId: selfId, reaction: 'laugh' },
      { type: 'rejected', code: 'RATE_LIMITED', id },
    ]);
  });

  it.each([
    ['ends', (stream: Stream) => stream.end()],
    ['breaks', () => edge.video.stop()],
  ])(
    'joins again after the last message when a stream %s, and the client stays connected',
    async (event, interrupt) => {
      const client = await connect();
      const stream = await nextStream();
      stream.send({ $case: 'texts', texts: { texts: [textEntry(1), textEntry(2)] } });
      await eventually(() => client.messages.length === 2);
      interrupt(stream);
      if (event === 'breaks') await edge.video.start();
      const second = await nextStream(1);
      expect(second.requests[0]).toMatchObject({ $case: 'join', join: { lastTextNumber: 2 } });
      second.send({ $case: 'state', state: STATE });
      await eventually(() => client.messages.length === 4);
      expect(client.messages.map(({ type }) => type)).toEqual(['joined', 'texts', 'joined', 'state']);
    },
  );

  it('sends the problem of a permanent error, and closes the connection', async () => {
    edge.video.handlers.joinParty = () => {
      throw new CodedError('PARTY_NOT_FOUND');
    };
    const client = await connect('/v1/parties/unknown/messages');
    expect(await client.closed).toBe(1000);
    expect(client.messages).toMatchObject([{ type: 'error', problem: { status: 404, code: 'PARTY_NOT_FOUND' } }]);
  });

  it('rejects an invalid message, and the connection stays open', async () => {
    const client = await connect();
    const stream = await nextStream();
    client.send({ type: 'text', id: randomUUID(), text: 'x'.repeat(501) });
    client.send({ type: 'reaction', reaction: 'unknown' });
    client.send({ type: 'ping', sentAtMs: 1 });
    await eventually(() => stream.requests.length === 2 && client.messages.length === 2);
    expect(client.messages).toMatchObject([
      { type: 'error', problem: { code: 'REQUEST_INVALID' } },
      { type: 'error', problem: { code: 'REQUEST_INVALID' } },
    ]);
  });

  it('closes the connection of a client that leaves, and the stream of one that disconnects', async () => {
    const client = await connect();
    const stream = await nextStream();
    client.send({ type: 'leave' });
    await eventually(() => stream.requests.length === 2);
    stream.end();
    expect(await client.closed).toBe(1000);
    await connect();
    const second = await nextStream(1);
    sockets.at(-1)?.close();
    await eventually(() => second.call.signal.aborted);
  });

  it('closes the connection of a session without a profile', async () => {
    const token = await edge.issuer.sign({});
    const socket = new WebSocket(`${edge.url.replace('http', 'ws')}/v1/parties/${CODE}/messages`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const [{ data }] = await once(socket, 'message');
    expect(JSON.parse(String(data))).toMatchObject({ problem: { code: 'PROFILE_NOT_SELECTED' } });
    await once(socket, 'close');
  });
});
