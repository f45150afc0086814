import { randomUUID } from 'node:crypto';
import { eventually } from '@viernes/testing';
import { assetMessage, titleMessage, titlePageMessage } from './testing/messages.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';

describe('deadlines and draining', () => {
  let edge: TestEdge;

  beforeEach(async () => {
    edge = await startEdge();
  });
  afterEach(() => edge.stop());

  it('forwards the remaining time to each service, which is longer for completing an upload', async () => {
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

  it('forwards less time if the client waits less, and never more', async () => {
    const remainingMs: number[] = [];
    edge.catalog.handlers.getTitle = (_request, { deadlineAt }) => {
      remainingMs.push(deadlineAt - Date.now());
      return { title: titleMessage() };
    };
    for (const seconds of ['2.5', '60'])
      await edge.fetch(`/v1/titles/${randomUUID()}`, { headers: { 'request-timeout': seconds } });
    expect(remainingMs[0]).toBeLessThanOrEqual(2_500);
    expect(remainingMs[1]).toBeGreaterThan(2_500);
    expect(remainingMs[1]).toBeLessThanOrEqual(5_000);
  });

  it('returns 504 at the time that the client has set, and cancels the call', async () => {
    let signal: AbortSignal | undefined;
    edge.catalog.handlers.getTitle = (_request, call) => {
      signal = call.signal;
      return new Promise(() => undefined);
    };
    const response = await edge.fetch(`/v1/titles/${randomUUID()}`, { headers: { 'request-timeout': '0.3' } });
    expect(await response.json()).toMatchObject({ status: 504, code: 'DEADLINE_EXCEEDED' });
    await eventually(() => signal?.aborted === true);
  });

  it('returns 400 for a Request-Timeout that is too short or not a number', async () => {
    for (const seconds of ['', '0', '0.09', '-1', '1e3', 'soon', '5, 6']) {
      const response = await edge.fetch('/v1/titles', { headers: { 'request-timeout': seconds } });
      expect(await response.json()).toMatchObject({
        status: 400,
        code: 'REQUEST_INVALID',
        errors: [{ path: 'request-timeout' }],
      });
    }
  });

  it('forwards the timeout of the operation for a call that anonymous requests share, even if the first client waits less', async () => {
    const remainingMs: number[] = [];
    edge.catalog.handlers.listTitles = (_request, { deadlineAt }) => {
      remainingMs.push(deadlineAt - Date.now());
      return titlePageMessage();
    };
    await edge.fetch('/v1/titles', { token: null, headers: { 'request-timeout': '0.5' } });
    expect(remainingMs[0]).toBeGreaterThan(500);
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
