import { NameServer } from '../testing/name-server.js';

// grpc-js reads this variable when it is first loaded. It then resolves names with the DNS server in the target instead
// of the system's.
process.env['GRPC_NODE_USE_ALTERNATIVE_RESOLVER'] = 'true';
const { eventually, freePort, VideoPods } = await import('../testing/video-pods.js');

const CALLERS = 10;
const CONNECTION_AGE_MS = 1_000;

/** Concurrent callers, which make the next call after each response, and the failures of their calls. */
class Load {
  /** Number of failures by reason. */
  readonly failures: Record<string, number> = {};
  private isRunning = true;
  private readonly callers: Promise<void>[];

  constructor(private readonly call: () => Promise<unknown>) {
    this.callers = Array.from({ length: CALLERS }, () => this.run());
  }

  async stop(): Promise<void> {
    this.isRunning = false;
    await Promise.all(this.callers);
  }

  private async run(): Promise<void> {
    while (this.isRunning) {
      await this.call().catch(async ({ cause }: Error) => {
        const reason = String(cause);
        this.failures[reason] = (this.failures[reason] ?? 0) + 1;
        await new Promise((resolve) => setTimeout(resolve, 10));
      });
    }
  }
}

describe('a client under load, while its service is scaled', () => {
  const [first, second, third, fourth] = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'] as const;
  const names = new NameServer();
  let pods: InstanceType<typeof VideoPods>;
  let load: Load;
  let close: () => void;

  const callCount = () => [...pods.calls.values()].reduce((sum, count) => sum + count, 0);
  const waitUntilCalled = (...hosts: string[]) =>
    eventually(() => {
      const missing = hosts.filter((host) => !pods.calls.has(host));
      if (missing.length > 0) throw new Error(`not called: ${missing.join(', ')}`);
    });
  const waitForCalls = async (count: number) => {
    pods.calls.clear();
    await eventually(() => {
      if (callCount() < count) throw new Error(`${callCount()} calls`);
    });
  };

  beforeAll(async () => {
    const nameServer = await names.listen();
    pods = new VideoPods(await freePort());
    // The connection to the first pod stays open during the tests: the client must notice added pods.
    await pods.start(3_600_000, first);
    names.addresses = [first];
    const client = pods.client(nameServer);
    close = client.close;
    load = new Load(() => client.endPlayback({ playbackId: 'p1', positionMs: undefined }));
    await waitUntilCalled(first);
  });
  afterAll(async () => {
    await load.stop();
    close();
    names.close();
    await pods.stopAll();
  });
  afterEach(() => expect(load.failures).toEqual({}));

  it('balances calls over all pods after some were added', async () => {
    await pods.start(CONNECTION_AGE_MS, second, third);
    names.addresses = [first, second, third];
    await waitUntilCalled(second, third);
    await waitForCalls(600);
    for (const pod of [first, second, third]) {
      expect((pods.calls.get(pod) ?? 0) / callCount()).toBeGreaterThan(0.2);
    }
  });

  it('no call fails while the server closes connections at their maximum age', async () => {
    const renewedAt = Date.now() + 3 * CONNECTION_AGE_MS;
    await waitForCalls(300);
    await eventually(() => Date.now() > renewedAt);
  });

  it('no call fails when pods stop while the name still resolves to them', async () => {
    await pods.stop(second, third);
    await waitForCalls(300);
    expect([...pods.calls.keys()]).toEqual([first]);
    names.addresses = [first];
  });

  it('calls the replacement of the only pod', async () => {
    await pods.start(CONNECTION_AGE_MS, fourth);
    names.addresses = [fourth];
    await waitUntilCalled(fourth);
    await eventually(async () => {
      await waitForCalls(100);
      if (pods.calls.has(first)) throw new Error('the old pod is still called');
    });
    await pods.stop(first);
    await waitForCalls(100);
  });
});
