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

  it('gives each service what is left of the request, and a checksum more time', async () => {
    const left: number[] = [];
    edge.catalog.handlers.getTitle = (_request, { deadlineAt }) => {
      left.push(deadlineAt - Date.now());
      return { title: titleMessage() };
    };
    edge.video.handlers.completeUpload = (_request, { deadlineAt }) => {
      left.push(deadlineAt - Date.now());
      return { asset: assetMessage() };
    };
    await edge.fetch(`/v1/titles/${randomUUID()}`);
    await edge.fetch(`/v1/uploads/${randomUUID()}/complete`, { method: 'POST' });
    expect(left[0]).toBeLessThanOrEqual(5_000);
    expect(left[1]).toBeGreaterThan(5_000);
    expect(left[1]).toBeLessThanOrEqual(120_000);
  });

  it('answers 504 for a service that hangs, and the service is told', async () => {
    let signal: AbortSignal | undefined;
    edge.catalog.handlers.getTitle = (_request, seen) => {
      signal = seen.signal;
      return new Promise(() => undefined);
    };
    const answer = await edge.fetch(`/v1/titles/${randomUUID()}`);
    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await eventually(() => signal?.aborted === true);
  }, 20_000);

  it('finishes a request in flight when it is asked to stop, and takes no new connection', async () => {
    const title = titleMessage();
    let answerIt: (() => void) | undefined;
    edge.catalog.handlers.getTitle = () =>
      new Promise((resolve) => {
        answerIt = () => resolve({ title });
      });
    const inFlight = edge.fetch(`/v1/titles/${title.id}`);
    await eventually(() => answerIt !== undefined);
    const drained = edge.drain();
    await eventually(() =>
      fetch(edge.url).then(
        () => false,
        () => true,
      ),
    );
    answerIt?.();
    const answer = await inFlight;
    expect(await answer.json()).toMatchObject({ id: title.id });
    expect(answer.headers.get('connection')).toBe('close');
    await drained;
  });
});
