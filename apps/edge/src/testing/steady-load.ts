import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 5;

/**
 * Clients with keep-alive connections that send consecutive requests. Each new connection goes to a random port of the
 * current ones, like connections to a Kubernetes Service.
 */
export class SteadyLoad {
  /** Number of responses per port. */
  readonly responses = new Map<number, number>();
  /** Number of failures per error message. */
  readonly failures: Record<string, number> = {};
  private readonly runs: Promise<void>[];
  private isRunning = true;

  constructor(
    private readonly path: string,
    private ports: readonly number[],
    clients: number,
  ) {
    this.runs = Array.from({ length: clients }, () => this.run());
  }

  balanceOver(ports: readonly number[]): void {
    this.ports = ports;
  }

  shareOf(port: number): number {
    const all = [...this.responses.values()].reduce((sum, count) => sum + count, 0);
    return (this.responses.get(port) ?? 0) / Math.max(1, all);
  }

  async stop(): Promise<void> {
    this.isRunning = false;
    await Promise.all(this.runs);
  }

  private async run(): Promise<void> {
    const agent = new ServiceAgent(() => this.ports[Math.floor(Math.random() * this.ports.length)] ?? 0);
    while (this.isRunning) {
      await this.request(agent).catch((error: Error) => {
        this.failures[error.message] = (this.failures[error.message] ?? 0) + 1;
      });
      await delay(PAUSE_MS);
    }
    agent.destroy();
  }

  private request(agent: Agent): Promise<void> {
    return new Promise((resolve, reject) => {
      get({ agent, path: this.path }, (response) => {
        const port = response.socket.remotePort ?? 0;
        response.once('error', reject).once('end', () => {
          this.responses.set(port, (this.responses.get(port) ?? 0) + 1);
          if (response.statusCode === 200) resolve();
          else reject(new Error(`status ${response.statusCode}`));
        });
        response.resume();
      }).once('error', reject);
    });
  }
}

class ServiceAgent extends Agent {
  constructor(private readonly pickPort: () => number) {
    super({ keepAlive: true, maxSockets: 1 });
  }

  override createConnection(): Socket {
    return connect(this.pickPort(), '127.0.0.1');
  }
}
