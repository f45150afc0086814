import { NameServer } from '../testing/name-server.js';

// grpc-js reads this while it is loaded, by whatever loads it first: a name is then asked of the DNS server that the target
// says, and not of the system.
process.env['GRPC_NODE_USE_ALTERNATIVE_RESOLVER'] = 'true';
const { eventually, freePort, VideoPods } = await import('../testing/video-pods.js');

const CALLERS = 10;
const CONNECTION_AGE_MS = 1_000;

/** Callers that each call again as soon as they were answered, and what they were told when they were not. */
class Load {
  /** How often each reason was given. */
  readonly failures: Record<string, number> = {};
  private isOn = true;
  private readonly callers: Promise<void>[];

  constructor(private readonly call: () => Promise<unknown>) {
    this.callers = Array.from({ length: CALLERS }, () => this.run());
  }

  async stop(): Promise<void> {
    this.isOn = false;
    await Promise.all(this.callers);
  }

  private async run(): Promise<void> {
    while (this.isOn) {
      await this.call().catch(async ({ cause }: Error) => {
        const reason = String(cause);
        this.failures[reason] = (this.failures[reason] ?? 0) + 1;
        await new Promise((resolve) => setTimeout(resolve, 10));
      });
    }
  }
}

describe('a client under load, whose service is scaled', () => {
  const [first, second, third, fourth] = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'] as const;
  const names = new NameServer();
  let pods: InstanceType<typeof VideoPods>;
  let load: Load;
  let close: () => void;

  const callCount = () => [...pods.calls.values()].reduce((sum, count) => sum + count, 0);
  const allCalled = (...hosts: string[]) =>
    eventually(() => {
      const missing = hosts.filter((host) => !pods.calls.has(host));
      if (missing.length > 0) throw new Error(`not called: ${missing.join(', ')}`);
    });
  const callsPass = async (count: number) => {
    pods.calls.clear();
    await eventually(() => {
      if (callCount() < count) throw new Error(`${callCount()} calls`);
    });
  };

  beforeAll(async () => {
    const nameServer = await names.listen();
    pods = new VideoPods(await freePort());
    // Its one connection outlives the tests: that there are more pods must be noticed without its end.
    await pods.start(3_600_000, first);
    names.addresses = [first];
    const client = pods.client(nameServer);
    close = client.close;
    load = new Load(() => client.endPlayback({ playbackId: 'p1', positionMs: undefined }));
    await allCalled(first);
  });
  afterAll(async () => {
    await load.stop();
    close();
    names.close();
    await pods.stopAll();
  });
  afterEach(() => expect(load.failures).toEqual({}));

  it('gives each pod its share once there are more', async () => {
    await pods.start(CONNECTION_AGE_MS, second, third);
    names.addresses = [first, second, third];
    await allCalled(second, third);
    await callsPass(600);
    for (const pod of [first, second, third]) {
      expect((pods.calls.get(pod) ?? 0) / callCount()).toBeGreaterThan(0.2);
    }
  });

  it('loses no call while connections are renewed by their age', async () => {
    const renewedAt = Date.now() + 3 * CONNECTION_AGE_MS;
    await callsPass(300);
    await eventually(() => Date.now() > renewedAt);
  });

  it('loses no call when pods go that the name still has', async () => {
    await pods.stop(second, third);
    await callsPass(300);
    expect([...pods.calls.keys()]).toEqual([first]);
    names.addresses = [first];
  });

  it('moves on to the pod that takes the place of the only one', async () => {
    await pods.start(CONNECTION_AGE_MS, fourth);
    names.addresses = [fourth];
    await allCalled(fourth);
    await eventually(async () => {
      await callsPass(100);
      if (pods.calls.has(first)) throw new Error('still called');
    });
    await pods.stop(first);
    await callsPass(100);
  });
});
