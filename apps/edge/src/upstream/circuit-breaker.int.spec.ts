import { randomUUID } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import { register } from 'prom-client';
import { assetMessage, titleMessage } from '../testing/messages.js';
import { RAISED_LIMIT } from '../testing/raised-limit.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const GET_TITLE = '/viernes.catalog.v1.CatalogService/GetTitle';

describe('a service whose calls fail', () => {
  let edge: TestEdge;
  let attempts: number;
  let isFailing: boolean;

  beforeEach(async () => {
    edge = await startEdge(RAISED_LIMIT);
    attempts = 0;
    isFailing = true;
    edge.catalog.handlers.getTitle = ({ titleId }) => {
      attempts += 1;
      if (isFailing) throw new CodedError('DEPENDENCY_UNAVAILABLE');
      return { title: titleMessage({ id: titleId }) };
    };
    edge.catalog.handlers.listTitleChanges = () => ({ changes: [], nextCursor: '' });
    edge.video.handlers.getAsset = () => ({ asset: assetMessage() });
  });
  afterEach(() => edge.stop());

  const getTitle = async (): Promise<number> => (await edge.fetch(`/v1/titles/${randomUUID()}`)).status;
  /** Sends this many requests, ten at a time. @returns the distinct statuses of the responses */
  const getTitles = async (count: number): Promise<ReadonlySet<number>> => {
    const statuses: number[] = [];
    while (statuses.length < count) statuses.push(...(await Promise.all(Array.from({ length: 10 }, getTitle))));
    return new Set(statuses);
  };
  const findState = async (): Promise<number | undefined> => {
    const { values = [] } = (await register.getSingleMetric('grpc_client_circuit_state')?.get()) ?? {};
    const [, service, method] = GET_TITLE.split('/');
    return values.find(({ labels }) => labels['service'] === service && labels['method'] === method)?.value;
  };

  it('sends fewer attempts, including retries, than there are requests if all calls fail', async () => {
    expect(await getTitles(100)).toEqual(new Set([503]));
    expect(attempts).toBeLessThan(100);
    expect(await findState()).toBeGreaterThan(0);
  });

  it('sends less than 1.2 attempts per request if a third of the attempts fail', async () => {
    const requests = 600;
    edge.catalog.handlers.getTitle = ({ titleId }) => {
      attempts += 1;
      if (attempts % 3 === 0) throw new CodedError('DEPENDENCY_UNAVAILABLE');
      return { title: titleMessage({ id: titleId }) };
    };
    expect(await getTitles(requests)).toEqual(new Set([200, 503]));
    // More than one per request, because failures are retried while the budget lasts.
    expect(attempts / requests).toBeGreaterThan(1);
    expect(attempts / requests).toBeLessThan(1.2);
    expect(await findState()).toBe(0);
  });

  it('an open circuit breaker does not affect other methods of the service, or other services', async () => {
    await getTitles(40);
    expect((await edge.fetch(`/v1/titles/${randomUUID()}/changes`)).status).toBe(200);
    expect((await edge.fetch(`/v1/assets/${randomUUID()}`)).status).toBe(200);
  });

  it('calls a service again as soon as probes are successful', async () => {
    await getTitles(40);
    isFailing = false;
    await eventually(async () => (await getTitle()) === 200);
    await eventually(async () => (await getTitle()) === 200 && (await findState()) === 0);
    const before = attempts;
    expect(await getTitles(20)).toEqual(new Set([200]));
    expect(attempts - before).toBe(20);
  });

  it('reports one circuit breaker per service for a method that several services have', async () => {
    const { values = [] } = (await register.getSingleMetric('grpc_client_circuit_state')?.get()) ?? {};
    const states = values.filter(
      ({ labels }) => labels['method'] === 'ListDeadLetters' && labels['backend'] === 'stable',
    );
    expect(states.map(({ labels }) => labels['target'])).toEqual(['catalog', 'user', 'video']);
  });

  it('continues to call a service that rejects requests', async () => {
    isFailing = false;
    edge.catalog.handlers.getTitle = () => {
      attempts += 1;
      throw new CodedError('TITLE_NOT_FOUND');
    };
    expect(await getTitles(40)).toEqual(new Set([404]));
    expect(attempts).toBe(40);
  });
});
