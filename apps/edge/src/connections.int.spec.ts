import { eventually } from '@viernes/testing';
import { EdgeProcess } from './testing/edge-process.js';
import { RAISED_LIMIT } from './testing/raised-limit.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';
import { SteadyLoad } from './testing/steady-load.js';
import { titlePageMessage } from './testing/messages.js';

const CLIENTS = 12;

describe('keep-alive connections while the edge is scaled', () => {
  // Provides the fake services. The edges under test are processes.
  let services: TestEdge;
  const edges: EdgeProcess[] = [];
  let load: SteadyLoad;

  const startProcess = async (): Promise<EdgeProcess> => {
    const edge = await EdgeProcess.start(services, {
      ...RAISED_LIMIT,
      HTTP_MAX_CONNECTION_AGE_MS: '1000',
      DRAIN_DELAY_MS: '3000',
    });
    edges.push(edge);
    return edge;
  };

  beforeAll(async () => {
    services = await startEdge();
    services.catalog.handlers = { listTitles: () => titlePageMessage() };
  });
  afterAll(async () => {
    await load.stop();
    await Promise.all(edges.map((edge) => edge.kill()));
    await services.stop();
  });

  it('connections reach an added replica, and no request fails when a replica terminates', async () => {
    const first = await startProcess();
    load = new SteadyLoad('/v1/titles', [first.port], CLIENTS);
    await eventually(() => load.shareOf(first.port) === 1);

    const second = await startProcess();
    load.balanceOver([first.port, second.port]);
    load.responses.clear();
    await eventually(() => load.shareOf(second.port) > 0.2 && load.shareOf(second.port) < 0.8);

    expect(await second.metrics()).toMatch(/^http_requests_total\{operation="listTitles",status="200"\} [1-9]/m);

    // Kubernetes sends SIGTERM and removes the pod from the Service concurrently.
    first.terminate();
    await eventually(async () => !(await first.isReady()));
    load.balanceOver([second.port]);
    expect(await first.whenExited()).toBe(0);
    load.responses.clear();
    await eventually(() => (load.responses.get(second.port) ?? 0) > 100);

    expect(load.shareOf(second.port)).toBe(1);
    expect(load.failures).toEqual({});
  });
});
