import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { backing, createTestDatabase, eventually, freePorts, type TestDatabase } from '@viernes/testing';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** Has an index.html, also without a build. */
const WEB_ROOT = fileURLToPath(new URL('../../../web/', import.meta.url));

/**
 * The monolith as a process with its own databases. Its broker is unavailable, so that it does not join the consumer
 * groups of other tests.
 */
export class MonolithProcess {
  /** Parsed lines of standard output. */
  readonly logs: { readonly name: string; readonly msg: string }[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly databases: readonly TestDatabase[],
    readonly url: string,
    readonly healthUrl: string,
  ) {
    let rest = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      const lines = (rest + bytes.toString()).split('\n');
      rest = lines.pop() ?? '';
      this.logs.push(...lines.map((line) => JSON.parse(line) as { name: string; msg: string }));
    });
  }

  /** Resolves when the process is ready. */
  static async start(): Promise<MonolithProcess> {
    const databases = await Promise.all([createTestDatabase(), createTestDatabase(), createTestDatabase()]);
    const [catalog, user, video] = databases.map(({ url }) => url);
    const [port = 0, healthPort = 0, workerPort = 0, brokerPort = 0] = await freePorts(4);
    const { s3, valkeyUrl } = backing();
    const child = spawn(process.execPath, [MAIN], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        HEALTH_ADDRESS: `127.0.0.1:${healthPort}`,
        HTTP_ADDRESS: `127.0.0.1:${port}`,
        PUBLIC_GRPC_ADDRESS: '127.0.0.1:0',
        WORKER_GRPC_ADDRESS: `127.0.0.1:${workerPort}`,
        CATALOG_DATABASE_URL: catalog,
        USER_DATABASE_URL: user,
        VIDEO_DATABASE_URL: video,
        KAFKA_BROKERS: `127.0.0.1:${brokerPort}`,
        KAFKAJS_NO_PARTITIONER_WARNING: '1',
        VALKEY_URL: new URL('/1', valkeyUrl).href,
        S3_ENDPOINT: s3.endpoint,
        S3_PUBLIC_ENDPOINT: s3.endpoint,
        S3_REGION: s3.region,
        S3_ACCESS_KEY_ID: s3.accessKeyId,
        S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
        WEB_ROOT,
      },
    });
    const [url, healthUrl] = [port, healthPort].map((number) => `http://127.0.0.1:${number}`);
    const monolith = new MonolithProcess(child, databases, url ?? '', healthUrl ?? '');
    await eventually(async () => (await fetch(`${monolith.healthUrl}/readyz`)).ok);
    return monolith;
  }

  terminate(): void {
    this.child.kill('SIGTERM');
  }

  async whenExited(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  /** Kills the process if it is running, and drops its databases. */
  async dispose(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.whenExited();
    await Promise.all(this.databases.map((database) => database.drop()));
  }
}
