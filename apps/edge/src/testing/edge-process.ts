import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { backing, eventually, freePorts } from '@viernes/testing';
import type { TestEdge } from './start-edge.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** Has an index.html even without a build. */
const WEB_ROOT = fileURLToPath(new URL('../../../web/', import.meta.url));

/** An edge in a separate process, as in production. */
export class EdgeProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    private readonly healthPort: number,
  ) {}

  /** Resolves when the edge is ready. */
  static async start(
    { catalog, user, video }: Pick<TestEdge, 'catalog' | 'user' | 'video'>,
    settings: Readonly<Record<string, string>>,
  ): Promise<EdgeProcess> {
    const [port = 0, healthPort = 0] = await freePorts(2);
    const child = spawn(process.execPath, [MAIN], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        LOG_LEVEL: 'error',
        HEALTH_ADDRESS: `127.0.0.1:${healthPort}`,
        HTTP_ADDRESS: `127.0.0.1:${port}`,
        PUBLIC_GRPC_ADDRESS: '127.0.0.1:0',
        CATALOG_ADDRESS: catalog.target,
        USER_ADDRESS: user.target,
        VIDEO_ADDRESS: video.target,
        VALKEY_URL: new URL('/1', backing().valkeyUrl).href,
        KAFKA_BROKERS: backing().kafkaBrokers.join(','),
        WEB_ROOT,
        ...settings,
      },
    });
    const edge = new EdgeProcess(child, port, healthPort);
    await eventually(() => edge.isReady());
    return edge;
  }

  async isReady(): Promise<boolean> {
    return (await fetch(`http://127.0.0.1:${this.healthPort}/readyz`)).ok;
  }

  async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.healthPort}/metrics`)).text();
  }

  terminate(): void {
    this.child.kill('SIGTERM');
  }

  /** Resolves with the exit code, or with the signal that terminated the process. */
  async whenExited(): Promise<number | NodeJS.Signals> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode ?? this.child.signalCode ?? 0;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.whenExited();
  }
}
