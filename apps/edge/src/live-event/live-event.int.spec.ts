import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { AccountChangedV1, TitleChangedV1, TOPICS, userV1 } from '@viernes/contracts';
import { EventLog, RevokedSessions } from '@viernes/gateway';
import { ensureTopics, KafkaConnection } from '@viernes/kafka';
import { backing, eventually, TcpProxy, TestEventPublisher, uniqueName } from '@viernes/testing';
import { newApiKeySecret } from '../testing/api-key-secret.js';
import { EdgeProcess } from '../testing/edge-process.js';
import { RAISED_LIMIT } from '../testing/raised-limit.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';
import { EVENT_SOURCES } from './event-sources.js';
import type { LoggedEvent } from './live-event.schema.js';

interface Received {
  readonly type: string;
  readonly id?: string;
  readonly lastEventId?: string;
  readonly topic?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly problem?: { readonly code: string };
}

/** A client that records the messages that it receives. */
class Client {
  readonly received: Received[] = [];
  closeCode: number | undefined;

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => this.received.push(JSON.parse(String(data)) as Received));
    socket.addEventListener('close', ({ code }) => (this.closeCode = code));
  }

  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<Client> {
    // Node.js accepts options here. Only the types, which are those of browsers, do not.
    const options = { headers } as unknown as string[];
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/events`, options);
    const client = new Client(socket);
    await Promise.race([once(socket, 'open'), once(socket, 'error').then(() => Promise.reject(new Error('rejected')))]);
    return client;
  }

  async subscribe(topics: readonly string[], lastEventId?: string): Promise<Received> {
    const id = randomUUID();
    this.socket.send(JSON.stringify({ type: 'subscribe', id, topics, lastEventId }));
    return this.find((message) => message.id === id);
  }

  async find(isWanted: (message: Received) => boolean): Promise<Received> {
    await eventually(() => this.received.some(isWanted));
    return this.received.find(isWanted) ?? { type: 'none' };
  }

  /** The title IDs of the events, in the order of their arrival. */
  get titleIds(): unknown[] {
    return this.received.flatMap(({ data }) => data?.['titleId'] ?? []);
  }

  close(): void {
    this.socket.close();
  }
}

describe('GET /v1/events', () => {
  const name = uniqueName('viernes.live');
  const settings = { ...RAISED_LIMIT, LIVE_EVENTS_NAME: name, LIVE_EVENTS_MAX: '100' };
  const clients: Client[] = [];
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge(settings);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(() => edge.stop());

  const open = async (token: string, url = edge.url): Promise<Client> => {
    const client = await Client.open(url, { authorization: `Bearer ${token}` });
    clients.push(client);
    return client;
  };
  const append = (event: Omit<LoggedEvent, 'time'>, log = edge.get(EventLog)): Promise<void> =>
    log.append(randomUUID(), JSON.stringify({ time: new Date().toISOString(), ...event }));
  const changeTitle = async (log?: EventLog): Promise<string> => {
    const titleId = randomUUID();
    await append({ topic: 'titles', name: 'titleChanged', data: { titleId } } as Omit<LoggedEvent, 'time'>, log);
    return titleId;
  };
  const changeAsset = async (accountId: string): Promise<string> => {
    const titleId = randomUUID();
    const data = { assetId: randomUUID(), titleId, state: 'processing', progress: 0.5 };
    await append({ topic: 'transcodes', name: 'assetChanged', accountId, data } as Omit<LoggedEvent, 'time'>);
    return titleId;
  };

  it('sends events of titles to every subscriber, and events of an account only to that account', async () => {
    const accountId = randomUUID();
    const editor = await open(await edge.issuer.sign({ accountId, role: 'editor' }));
    const other = await open(await edge.issuer.sign({ role: 'editor' }));
    const viewer = await open(await edge.issuer.sign({ profileId: randomUUID() }));
    expect(await editor.subscribe(['titles', 'transcodes'])).toMatchObject({ type: 'subscribed' });
    await other.subscribe(['titles', 'transcodes']);
    await viewer.subscribe(['titles', 'session']);
    const own = await changeAsset(accountId);
    const title = await changeTitle();
    for (const client of [editor, other, viewer]) await eventually(() => client.titleIds.includes(title));
    expect([editor, other, viewer].map(({ titleIds }) => titleIds)).toEqual([[own, title], [title], [title]]);
    expect(await editor.find(({ topic }) => topic === 'transcodes')).toMatchObject({
      type: 'event',
      data: { titleId: own, state: 'processing', progress: 0.5 },
    });
    // Unsubscribes from all topics.
    await editor.subscribe([]);
    const later = await changeTitle();
    await eventually(() => other.titleIds.includes(later));
    expect(editor.titleIds).not.toContain(later);
  });

  it('rejects topics that the caller cannot read, and messages that are not valid', async () => {
    const viewer = await open(await edge.issuer.sign());
    expect((await viewer.subscribe(['uploads'])).problem?.code).toBe('FORBIDDEN');
    expect((await viewer.subscribe(['everything'])).problem?.code).toBe('REQUEST_INVALID');
    expect((await viewer.subscribe(['session'])).problem?.code).toBe('PROFILE_NOT_SELECTED');
    const child = await open(await edge.issuer.sign({ profileId: randomUUID(), maximumAge: 12 }));
    expect((await child.subscribe(['titles', 'session'])).problem?.code).toBe('PROFILE_LIMITED');
    const key = newApiKeySecret();
    edge.user.handlers.verifyApiKey = () => ({
      accountId: randomUUID(),
      secretId: randomUUID(),
      apiKeyId: randomUUID(),
      plan: 'account',
      role: userV1.Role.ROLE_VIEWER,
      scopes: ['catalog:read'],
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const program = await open(key);
    expect((await program.subscribe(['titles'])).type).toBe('subscribed');
    expect((await program.subscribe(['session'])).problem?.code).toBe('SCOPE_MISSING');
  });

  it('sends every event after the last one that a client has seen, in order and once', async () => {
    const token = await edge.issuer.sign();
    const client = await open(token);
    await client.subscribe(['titles']);
    const first = await changeTitle();
    await eventually(() => client.titleIds.includes(first));
    const lastEventId = client.received.at(-1)?.id ?? '';
    client.close();
    const missed: string[] = [];
    for (let index = 0; index < 30; index += 1) missed.push(await changeTitle());
    const resumed = await open(token);
    const [, ...concurrent] = await Promise.all([
      resumed.subscribe(['titles'], lastEventId),
      ...Array.from({ length: 10 }, () => changeTitle()),
    ]);
    await eventually(() => resumed.titleIds.length >= 40);
    expect(resumed.titleIds.slice(0, 30)).toEqual(missed);
    expect(resumed.titleIds.slice(30).toSorted()).toEqual(concurrent.toSorted());
    expect(resumed.received.map(({ type }) => type)).not.toContain('gap');
  });

  it('reports a gap if the log has discarded events', async () => {
    const client = await open(await edge.issuer.sign());
    const { lastEventId } = await client.subscribe(['titles']);
    await Promise.all(Array.from({ length: 500 }, () => changeTitle()));
    const resumed = await open(await edge.issuer.sign());
    await resumed.subscribe(['titles'], lastEventId);
    await resumed.find(({ type }) => type === 'gap');
    const title = await changeTitle();
    await eventually(() => resumed.titleIds.includes(title));
  });

  it('keeps connections open while Valkey is unavailable, rejects new subscriptions, and sends the events afterwards', async () => {
    const { hostname, port, pathname } = new URL(RAISED_LIMIT.VALKEY_URL);
    const valkey = await TcpProxy.reserve(hostname, Number(port));
    await valkey.open();
    const isolated = await startEdge({ ...settings, VALKEY_URL: `redis://127.0.0.1:${valkey.port}${pathname}` });
    try {
      const client = await open(await isolated.issuer.sign(), isolated.url);
      await eventually(async () => (await client.subscribe(['titles'])).type === 'subscribed');
      const { lastEventId } = client.received.at(-1) ?? {};
      await valkey.close();
      const title = await changeTitle();
      await eventually(async () => (await client.subscribe(['titles'], lastEventId)).type === 'error');
      expect(client.received.at(-1)?.problem?.code).toBe('DEPENDENCY_UNAVAILABLE');
      await valkey.open();
      await eventually(async () => (await client.subscribe(['titles'], lastEventId)).type === 'subscribed');
      await eventually(() => client.titleIds.includes(title));
      expect(client.closeCode).toBeUndefined();
    } finally {
      await isolated.stop();
      await valkey.close();
    }
  });

  it('accepts the session cookie only from a page of this site, and closes the connection of a revoked session', async () => {
    const sessionId = randomUUID();
    const cookie = `viernes_session=${await edge.issuer.sign({ sessionId })}`;
    await expect(Client.open(edge.url, { cookie, origin: 'http://evil.example' })).rejects.toThrow('rejected');
    await expect(Client.open(edge.url, { cookie })).rejects.toThrow('rejected');
    const client = await Client.open(edge.url, { cookie, origin: edge.url });
    await client.subscribe(['titles']);
    await edge.get(RevokedSessions).add(sessionId, 60);
    await eventually(() => client.closeCode === 4401);
  });

  it('loses no event for a client that resumes at another edge after its edge was killed', async () => {
    const shared = { ...RAISED_LIMIT, LIVE_EVENTS_NAME: uniqueName('viernes.live') };
    const kafka = { KAFKA_BROKERS: backing().kafkaBrokers.join(',') };
    const connection = new KafkaConnection(uniqueName('viernes.test'), backing().kafkaBrokers);
    const names = new Set(EVENT_SOURCES.map(({ kafkaTopic }) => kafkaTopic));
    // On a platform, the services create the topics.
    await ensureTopics(
      connection.kafka,
      TOPICS.filter(({ name: topic }) => names.has(topic)),
    );
    connection.onApplicationShutdown();
    const survivor = await startEdge({ ...shared, ...kafka });
    const [killed, publisher] = await Promise.all([EdgeProcess.start(survivor, shared), TestEventPublisher.connect()]);
    try {
      const accountId = randomUUID();
      const token = await survivor.issuer.sign({ accountId, profileId: randomUUID() });
      const client = await open(token, `http://127.0.0.1:${killed.port}`);
      await client.subscribe(['titles', 'session']);
      const isOwn = ({ data }: Received): boolean => String(data?.['titleId'] ?? data?.['kind']).startsWith('0000');
      const sent: string[] = [];
      const publish = async (): Promise<void> => {
        const titleId = `0000${randomUUID().slice(4)}`;
        sent.push(titleId);
        await publisher.publish(TitleChangedV1, { titleId });
      };
      // Publishes until the consumer group has its partitions.
      await eventually(async () => {
        await publish();
        return client.received.some(isOwn);
      });
      const first = client.received.find(isOwn);
      const before = sent.length;
      for (let index = 0; index < 20; index += 1) await publish();
      const killing = killed.kill();
      for (let index = 0; index < 20; index += 1) await publish();
      await publisher.publish(AccountChangedV1, { accountId, kind: 'profileCreated' });
      await killing;
      const resumed = await open(token, survivor.url);
      await resumed.subscribe(['titles', 'session'], first?.id);
      const arrived = (): Set<unknown> => new Set(resumed.titleIds);
      await eventually(() => sent.slice(before).every((titleId) => arrived().has(titleId)));
      await resumed.find(({ topic }) => topic === 'session');
      expect(resumed.received.map(({ type }) => type)).not.toContain('gap');
      // Other tests also publish to this topic.
      const own = resumed.titleIds.filter((titleId) => sent.includes(String(titleId)));
      expect(new Set(own).size).toBe(own.length);
    } finally {
      await Promise.all([killed.kill(), publisher.close()]);
      await survivor.stop();
    }
  });
});
