import { randomUUID } from 'node:crypto';
import { eventually } from '@viernes/testing';
import { assetMessage, titleMessage } from './testing/messages.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';

describe('deadlines and draining', () => {
  let edge: TestEdge;

  beforeEach(async () => {
    edge = await startEdge();
  });
  afterEach(() => edge.stop());

  it('forwards the remaining time to each service, and more time for a checksum', async () => {
    const remainingMs: number[] = [];
    edge.catalog.handlers.getTitle = (_request, { deadlineAt }) => {
      remainingMs.push(deadlineAt - Date.now());
      return { title: titleMessage() };
    };
    edge.video.handlers.completeUpload = (_request, { deadlineAt }) => {
      remainingMs.push(deadlineAt - Date.now());
      return { asset: assetMessage() };
    };
    await edge.fetch(`/v1/titles/${randomUUID()}`);
    await edge.fetch(`/v1/uploads/${randomUUID()}/complete`, { method: 'POST' });
    expect(remainingMs[0]).toBeLessThanOrEqual(5_000);
    expect(remainingMs[1]).toBeGreaterThan(5_000);
    expect(remainingMs[1]).toBeLessThanOrEqual(120_000);
  });

  it('returns 504 if a service does not respond, and cancels its call', async () => {
    let signal: AbortSignal | undefined;
    edge.catalog.handlers.getTitle = (_request, call) => {
      signal = call.signal;
      return new Promise(() => undefined);
    };
    const response = await edge.fetch(`/v1/titles/${randomUUID()}`);
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await eventually(() => signal?.aborted === true);
  }, 20_000);

  it('finishes a request in flight after SIGTERM, and accepts no new connection', async () => {
    const title = titleMessage();
    let respond: (() => void) | undefined;
    edge.catalog.handlers.getTitle = () =>
      new Promise((resolve) => {
        respond = () => resolve({ title });
      });
    const inFlight = edge.fetch(`/v1/titles/${title.id}`);
    await eventually(() => respond !== undefined);
    const drained = edge.drain();
    await eventually(() =>
      fetch(edge.url).then(
        () => false,
        () => true,
      ),
    );
    respond?.();
    const response = await inFlight;
    expect(await response.json()).toMatchObject({ id: title.id });
    expect(response.headers.get('connection')).toBe('close');
    await drained;
  });
});
