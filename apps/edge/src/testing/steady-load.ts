import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 5;

/**
 * Clients that keep their connections alive and send one request after the other, through what behaves as a Service of
 * Kubernetes does: each new connection goes to any one of the ports given last, and stays there.
 */
export class SteadyLoad {
  /** How often each port answered. */
  readonly answers = new Map<number, number>();
  /** What went wrong, by how it was told. */
  readonly failures: Record<string, number> = {};
  private readonly ended: Promise<void>[];
  private isOn = true;

  constructor(
    private readonly path: string,
    private ports: readonly number[],
    clients: number,
  ) {
    this.ended = Array.from({ length: clients }, () => this.run());
  }

  balanceOver(ports: readonly number[]): void {
    this.ports = ports;
  }

  shareOf(port: number): number {
    const all = [...this.answers.values()].reduce((sum, count) => sum + count, 0);
    return (this.answers.get(port) ?? 0) / Math.max(1, all);
  }

  async stop(): Promise<void> {
    this.isOn = false;
    await Promise.all(this.ended);
  }

  private async run(): Promise<void> {
    const agent = new ServiceAgent(() => this.ports[Math.floor(Math.random() * this.ports.length)] ?? 0);
    while (this.isOn) {
      await this.ask(agent).catch((error: Error) => {
        this.failures[error.message] = (this.failures[error.message] ?? 0) + 1;
      });
      await delay(PAUSE_MS);
    }
    agent.destroy();
  }

  private ask(agent: Agent): Promise<void> {
    return new Promise((resolve, reject) => {
      get({ agent, path: this.path }, (answer) => {
        const port = answer.socket.remotePort ?? 0;
        answer.once('error', reject).once('end', () => {
          this.answers.set(port, (this.answers.get(port) ?? 0) + 1);
          if (answer.statusCode === 200) resolve();
          else reject(new Error(`answered ${answer.statusCode}`));
        });
        answer.resume();
      }).once('error', reject);
    });
  }
}

class ServiceAgent extends Agent {
  constructor(private readonly anyPort: () => number) {
    super({ keepAlive: true, maxSockets: 1 });
  }

  override createConnection(): Socket {
    return connect(this.anyPort(), '127.0.0.1');
  }
}
