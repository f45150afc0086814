import { randomUUID } from 'node:crypto';
import { UsageCountedV1, type edgeEventsV1 } from '@viernes/contracts';
import { eventually, TestEventReader } from '@viernes/testing';
import { EdgeProcess } from '../testing/edge-process.js';
import { titlePageMessage } from '../testing/messages.js';
import { RAISED_LIMIT } from '../testing/raised-limit.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const CLIENTS = 8;

/** A process with real Kafka, which exits under load. */
describe('the usage of an edge that exits', () => {
  /** Provides the fake services and the tokens. */
  let services: TestEdge;
  let events: TestEventReader<edgeEventsV1.UsageCounted>;
  let edge: EdgeProcess;
  let accountId: string;
  let responses: number;
  let clients: Promise<unknown>;

  beforeAll(async () => {
    [services, events] = await Promise.all([startEdge(), TestEventReader.connect(UsageCountedV1)]);
    services.catalog.handlers.listTitles = () => titlePageMessage();
  });
  afterAll(async () => {
    await events?.close();
    await services?.stop();
  });
  beforeEach(async () => {
    edge = await EdgeProcess.start(services, RAISED_LIMIT);
    accountId = randomUUID();
    responses = 0;
    const headers = { authorization: `Bearer ${await services.issuer.sign({ accountId })}` };
    const runClient = async (): Promise<void> => {
      for (;;) {
        await (await fetch(`http://127.0.0.1:${edge.port}/v1/titles`, { headers })).arrayBuffer();
        responses += 1;
      }
    };
    clients = Promise.allSettled(Array.from({ length: CLIENTS }, runClient));
  });
  afterEach(() => edge.kill());

  /** Counts the calls of this test that Kafka has stored. */
  const countStored = (): number =>
    events.received
      .flatMap(({ usages }) => usages)
      .reduce((sum, usage) => sum + (usage.accountId === accountId ? usage.calls : 0), 0);
  const readPublished = async (): Promise<number> =>
    Number(/^usage_calls_total\{outcome="published"\} (\d+)$/m.exec(await edge.metrics())?.[1] ?? 0);

  it('publishes the complete usage after SIGTERM', async () => {
    await eventually(async () => (await readPublished()) > 0);
    edge.terminate();
    expect(await edge.whenExited()).toBe(0);
    await clients;
    await eventually(() => expect(countStored()).toBe(responses));
  });

  it('loses, after SIGKILL, at most the calls since the second-to-last publication, and publishes no call twice', async () => {
    const waitForPublication = async (before: number): Promise<number> =>
      eventually(async () => {
        const now = await readPublished();
        return now > before && now;
      });
    const first = await waitForPublication(0);
    const counted = responses;
    // The batch that follows the next one contains everything until now, except for responses that are being recorded.
    const published = await waitForPublication(await waitForPublication(first));
    await edge.kill();
    await clients;
    await eventually(() => countStored() >= published);
    console.log(`a killed edge has lost ${responses - countStored()} of ${responses} calls`);
    expect(countStored()).toBeGreaterThanOrEqual(counted - CLIENTS);
    expect(countStored()).toBeLessThanOrEqual(responses + CLIENTS);
  });
});
