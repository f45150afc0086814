import type { INestMicroservice } from '@nestjs/common';
import { NameServer } from '../testing/name-server.js';

// grpc-js reads this while it is loaded, by whatever loads it first: a name is then asked of the DNS server that the target
// says, and not of the system.
process.env['GRPC_NODE_USE_ALTERNATIVE_RESOLVER'] = 'true';
const { createGrpcClient, createGrpcService, createLogger, NestLogger, PlatformModule, Readiness, Shutdown } =
  await import('../index.js');
const { eventually, freePort } = await import('@viernes/testing');
const { videoV1 } = await import('@viernes/contracts');
const { Controller } = await import('@nestjs/common');
const { GrpcMethod } = await import('@nestjs/microservices');

const CALLERS = 10;
/** How often each pod was called. */
const calls = new Map<string, number>();

function podAt(host: string) {
  @Controller()
  class Pod {
    @GrpcMethod('VideoService', 'endPlayback')
    async endPlayback(): Promise<object> {
      calls.set(host, (calls.get(host) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
      return {};
    }
  }
  return Pod;
}

async function startPod(host: string, port: number, connectionAgeMs: number): Promise<INestMicroservice> {
  const logger = createLogger('test', 'fatal');
  const service = await createGrpcService(
    {
      config: {
        LOG_LEVEL: 'error',
        HEALTH_ADDRESS: { host, port: 0 },
        GRPC_ADDRESS: { host, port },
        GRPC_MAX_CONNECTION_AGE_MS: connectionAgeMs,
        DRAIN_DELAY_MS: 0,
        DRAIN_TIMEOUT_MS: 1_000,
      },
      module: { module: class Root {}, controllers: [podAt(host)] },
      definitions: { 'viernes.video.v1.VideoService': videoV1.VideoServiceService },
    },
    {
      logger,
      nestLogger: new NestLogger(logger),
      platform: PlatformModule.forProcess(new Readiness(), new Shutdown()),
    },
  );
  await service.listen();
  return service;
}

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
  const pods = new Map<string, INestMicroservice>();
  let port: number;
  let load: Load;
  let close: () => void;

  const start = async (connectionAgeMs: number, ...hosts: string[]) => {
    for (const host of hosts) pods.set(host, await startPod(host, port, connectionAgeMs));
  };
  const stop = (...hosts: string[]) => Promise.all(hosts.map((host) => pods.get(host)?.close()));
  const shareOf = (host: string) => {
    const all = [...calls.values()].reduce((sum, count) => sum + count, 0);
    return (calls.get(host) ?? 0) / all;
  };
  const allCalled = (...hosts: string[]) =>
    eventually(() => {
      const missing = hosts.filter((host) => !calls.has(host));
      if (missing.length > 0) throw new Error(`not called: ${missing.join(', ')}`);
    });
  const callsPass = async (count: number) => {
    calls.clear();
    await eventually(() => {
      const all = [...calls.values()].reduce((sum, one) => sum + one, 0);
      if (all < count) throw new Error(`${all} calls`);
    });
  };

  beforeAll(async () => {
    port = await freePort();
    const nameServer = await names.listen();
    // Its one connection outlives the tests: that there are more pods must be noticed without its end.
    await start(3_600_000, first);
    names.addresses = [first];
    // Nothing is idempotent here: only what gRPC itself knows never to have begun may be done again.
    const policy = { idempotent: [], timeoutMs: 5_000 };
    const client = createGrpcClient(videoV1.VideoServiceService, `dns://${nameServer}/video:${port}`, policy);
    close = client.close;
    load = new Load(() => client.endPlayback({ playbackId: 'p1', positionMs: undefined }));
    await allCalled(first);
  });
  afterAll(async () => {
    await load.stop();
    close();
    names.close();
    await stop(...pods.keys());
  });
  afterEach(() => expect(load.failures).toEqual({}));

  it('gives each pod its share once there are more', async () => {
    await start(1_000, second, third);
    names.addresses = [first, second, third];
    await allCalled(second, third);
    await callsPass(900);
    for (const pod of [first, second, third]) expect(shareOf(pod)).toBeGreaterThan(0.2);
  });

  it('loses no call while connections are renewed by their age', async () => {
    await callsPass(5_000);
  });

  it('loses no call when pods go that the name still has', async () => {
    await stop(second, third);
    await callsPass(500);
    expect([...calls.keys()]).toEqual([first]);
    names.addresses = [first];
  });

  it('moves on to the pod that takes the place of the only one', async () => {
    await start(1_000, fourth);
    names.addresses = [fourth];
    await allCalled(fourth);
    await eventually(async () => {
      await callsPass(100);
      if (calls.has(first)) throw new Error('still called');
    });
    await stop(first);
    await callsPass(100);
  });
});
