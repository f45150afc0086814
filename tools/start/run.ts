import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { toDatabaseUrl } from '../backing/databases.ts';
import { planBackingServices, type BackingPlan } from '../backing/start-backing-services.ts';
import { BACKING_NAMES } from '../backing/variables.ts';
import { ADMIN_EMAIL, APP_NAMES, type AppName } from '../platform/app-processes.ts';
import { buildApps } from '../platform/build.ts';
import { startPlatform, type Platform } from '../platform/start-platform.ts';
import { PidRegistry } from '../processes/pid-registry.ts';
import { assertPortsFree } from '../processes/probes.ts';
import type { ProcessStatus } from '../processes/supervised-process.ts';
import { portsOf, type Ports } from '../settings.ts';
import { messageOf } from '../terminal/script.ts';
import { PLATFORM_ENV_FILE, USER_ENV_FILE } from '../workspace.ts';
import { createBoard, type Board } from './board.ts';
import { seedOnce } from './seed.ts';
import { welcomeText } from './texts.ts';

const EDITOR = { email: 'demo@viernes.example', password: 'film-night-demo' };

export interface RunOptions {
  readonly stateDir: string;
  readonly ports: Ports;
  readonly apps: readonly AppName[];
  readonly withLogs: boolean;
  readonly withSeed: boolean;
}

/** One run of `npm start`. */
export class Run {
  private readonly options: RunOptions;
  private readonly board: Board;
  private readonly aborting = new AbortController();
  private backing: BackingPlan | undefined;
  private platform: Platform | undefined;
  private isStarted = false;
  private stopping: Promise<void> | undefined;

  constructor(options: RunOptions) {
    this.options = options;
    const steps = ['build', 'programs', ...BACKING_NAMES, ...options.apps.toReversed()];
    this.board = createBoard(steps, process.stdout.isTTY && !options.withLogs);
  }

  /** Resolves when the platform is ready and seeded, or stopped. @throws Error after all started processes have been stopped */
  async start(): Promise<void> {
    try {
      await this.startAll();
    } catch (error) {
      // A stop causes errors that are not relevant.
      if (this.stopping !== undefined) return;
      await this.stop();
      throw error;
    }
    if (this.stopping !== undefined) return;
    this.isStarted = true;
    await this.board.close();
    const { stateDir, ports, withSeed } = this.options;
    const edgeUrl = `http://127.0.0.1:${ports.EDGE_PORT}`;
    const { FFMPEG_PATH = '', POSTGRES_URL = '', KAFKA_BROKERS = '' } = this.backing?.env ?? {};
    const { email: EDITOR_EMAIL, password: EDITOR_PASSWORD } = EDITOR;
    const account = { EDGE_URL: edgeUrl, EDITOR_EMAIL, EDITOR_PASSWORD, ADMIN_EMAIL, ADMIN_PASSWORD: EDITOR_PASSWORD };
    const seedEnv = { ...account, FFMPEG_PATH, SEED_DIR: join(stateDir, 'seed') };
    // rebuild-projection runs with the settings of the catalog.
    const rebuildEnv = { DATABASE_URL: toDatabaseUrl(POSTGRES_URL, 'viernes_catalog'), KAFKA_BROKERS };
    const lines = Object.entries({ ...seedEnv, ...rebuildEnv }).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(PLATFORM_ENV_FILE, lines.join(''), { mode: 0o600 });
    writeFileSync(USER_ENV_FILE, `DATABASE_URL=${toDatabaseUrl(POSTGRES_URL, 'viernes_user')}\n`, { mode: 0o600 });
    console.log(welcomeText(edgeUrl, EDITOR));
    if (!withSeed) return;
    const print = (text: string) => this.print('seed', text);
    const seeding = seedOnce(stateDir, seedEnv, print, this.aborting.signal);
    await seeding.catch((error: unknown) => print(pc.red(messageOf(error))));
  }

  /** Stops the apps, then the backing services. Idempotent. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  /** Kills all processes and exits. */
  async kill(): Promise<never> {
    await new PidRegistry(join(this.options.stateDir, 'run')).terminateAll({ graceMs: 0 });
    console.log('Killed.');
    process.exit(130);
  }

  protected async startAll(): Promise<void> {
    const { stateDir, ports, apps } = this.options;
    await assertPortsFree(portsOf(APP_NAMES, ports));
    const building = this.step('build', 'up to date', () =>
      buildApps(stateDir, (text) => this.board.waiting('build', text)),
    );
    // The await below reports a failure. Until then, this handler prevents an unhandled rejection.
    building.catch(() => undefined);
    const onProgress = (name: string, text: string) =>
      this.isStarted ? this.print(name, text) : this.board.waiting(name, text);
    await this.step('programs', 'found', async () => {
      this.backing = await planBackingServices({ stateDir, ports, onProgress });
    });
    const { backing } = this;
    if (backing === undefined) return;
    const starting = Promise.all(
      backing.services.map((service) =>
        this.step(service.name, `${service.address} (${service.origin})`, () => backing.start(service)),
      ),
    );
    starting.catch(() => undefined);
    await building;
    if (this.stopping !== undefined) return;
    // The apps start before the services are ready, because each app waits for its dependencies.
    const onChange = (status: ProcessStatus) => this.showStatus(status);
    const { TRANSCODER_PATH: transcoderPath } = process.env;
    const custom = transcoderPath && { transcoderPath };
    this.platform = startPlatform({ env: backing.env, ports, stateDir, editor: EDITOR, apps, onChange, ...custom });
    await Promise.all([starting, this.platform.whenReady()]);
  }

  private async step(name: string, readyText: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.board.ready(name, readyText);
    } catch (error) {
      this.board.failed(name, messageOf(error));
      throw error;
    }
  }

  private showStatus({ name, state, note, pid }: ProcessStatus): void {
    if (this.stopping !== undefined) return;
    if (this.isStarted) {
      if (state === 'crashed') this.print(name, pc.red(`exited: ${note}`));
      if (state === 'ready') this.print(name, `ready again (pid ${pid})`);
    } else if (state === 'ready') this.board.ready(name, `pid ${pid}`);
    else this.board.waiting(name, note ?? 'started, waiting for its dependencies');
  }

  private print(name: string, text: string): void {
    if (this.stopping === undefined) console.log(`  ${name.padEnd(11)} ${text}`);
  }

  private async stopAll(): Promise<void> {
    const startedAt = performance.now();
    await this.board.close();
    if (this.backing === undefined) return;
    console.log('\nStopping. The data is kept.');
    this.aborting.abort();
    await this.platform?.stop();
    await this.backing.stop();
    console.log(`Stopped in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  }
}
