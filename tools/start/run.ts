import { join } from 'node:path';
import pc from 'picocolors';
import { databaseUrl } from '../backing/databases.ts';
import { planBackingServices, type PlannedBacking } from '../backing/start-backing-services.ts';
import { BACKING_NAMES } from '../backing/part.ts';
import { APP_NAMES, type Editor } from '../platform/app-processes.ts';
import { buildApps } from '../platform/build.ts';
import { startPlatform, type Platform } from '../platform/start-platform.ts';
import { expectPortsFree } from '../processes/port-holder.ts';
import { killGroup } from '../processes/run-ledger.ts';
import type { ProcessStatus } from '../processes/supervised-process.ts';
import type { Ports } from '../settings.ts';
import { createBoard, type Board } from './board.ts';
import { seedOnce, writePlatformEnv } from './seed.ts';
import { welcome } from './texts.ts';

const EDITOR: Editor = { email: 'demo@viernes.example', password: 'film-night-demo' };

export interface RunOptions {
  readonly home: string;
  readonly ports: Ports;
  readonly withLogs: boolean;
  readonly withSeed: boolean;
}

/** One run of the whole platform, from the first line on the terminal to the last process stopped. */
export class Run {
  private readonly options: RunOptions;
  private board: Board;
  private backing: PlannedBacking | undefined;
  private platform: Platform | undefined;
  private readonly ending = new AbortController();
  private isStarted = false;
  private stopping: Promise<void> | undefined;

  constructor(options: RunOptions) {
    this.options = options;
    const parts = ['build', 'programs', ...BACKING_NAMES, ...APP_NAMES.toReversed()];
    this.board = createBoard(parts, process.stdout.isTTY && !options.withLogs);
  }

  /** @throws Error for people, after everything that was started has been stopped */
  async start(): Promise<void> {
    const { home, ports, withSeed } = this.options;
    try {
      await this.startParts();
    } catch (error) {
      // What fails because it is being stopped is no news.
      if (this.stopping !== undefined) return;
      await this.stop();
      throw error;
    }
    this.isStarted = true;
    await this.board.close();
    const edgeUrl = `http://127.0.0.1:${ports.EDGE_PORT}`;
    const env = { EDGE_URL: edgeUrl, EDITOR_EMAIL: EDITOR.email, EDITOR_PASSWORD: EDITOR.password };
    const media = this.backing?.env ?? {};
    const seedEnv = { ...env, FFMPEG_PATH: media['FFMPEG_PATH'] ?? 'ffmpeg', SEED_DIR: join(home, 'seed') };
    const { POSTGRES_URL = '', KAFKA_BROKERS = '' } = media;
    // rebuild-projection runs with the settings of the catalog.
    const rebuildEnv = { DATABASE_URL: databaseUrl(POSTGRES_URL, 'viernes_catalog'), KAFKA_BROKERS };
    writePlatformEnv(home, { ...seedEnv, ...rebuildEnv });
    console.log(welcome(edgeUrl, EDITOR));
    if (withSeed) await this.seed(seedEnv);
  }

  /** Stops everything in order: the apps, then what they stand on. Safe to call at any time, and again. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  /** For who cannot wait: kills everything at once and exits. */
  kill(): void {
    for (const process of this.platform?.processes.values() ?? [])
      if (process.status.pid) killGroup(process.status.pid);
    for (const { process } of this.backing?.parts ?? []) if (process?.status.pid) killGroup(process.status.pid);
    console.log('Killed.');
    process.exit(130);
  }

  private async startParts(): Promise<void> {
    const { home, ports } = this.options;
    const { EDGE_PORT, CATALOG_PORT, USER_PORT, VIDEO_PORT, ...rest } = ports;
    const { EDGE_HEALTH_PORT, CATALOG_HEALTH_PORT, USER_HEALTH_PORT, VIDEO_HEALTH_PORT, TRANSCODER_HEALTH_PORT } = rest;
    await expectPortsFree({
      ...{ EDGE_PORT, CATALOG_PORT, USER_PORT, VIDEO_PORT },
      ...{ EDGE_HEALTH_PORT, CATALOG_HEALTH_PORT, USER_HEALTH_PORT, VIDEO_HEALTH_PORT, TRANSCODER_HEALTH_PORT },
    });
    const building = this.step('build', 'everything that runs is built', () =>
      buildApps(home, (text) => this.board.waiting('build', text)),
    );
    // Its failure is told below, also while the other is still awaited.
    building.catch(() => undefined);
    const onProgress = (part: string, text: string) =>
      this.isStarted ? this.tell(part, text) : this.board.waiting(part === 'containers' ? 'programs' : part, text);
    await this.step('programs', 'found', async () => {
      this.backing = await planBackingServices({ home, ports, onProgress });
    });
    const { backing } = this;
    if (backing === undefined) return;
    // The apps are not kept waiting for what they stand on: each waits for it by itself.
    const starting = Promise.all(
      backing.parts.map((part) => this.step(part.name, `${part.address} (${part.origin})`, () => backing.start(part))),
    );
    starting.catch(() => undefined);
    await building;
    if (this.stopping !== undefined) return;
    this.platform = startPlatform({
      env: backing.env,
      ports,
      home,
      editor: EDITOR,
      onChange: (status) => this.onChange(status),
    });
    await Promise.all([starting, this.platform.whenReady()]);
  }

  private async step(part: string, readyText: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.board.ready(part, readyText);
    } catch (error) {
      this.board.failed(part, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  private onChange({ name, state, note, pid }: ProcessStatus): void {
    if (this.stopping !== undefined) return;
    if (this.isStarted) {
      if (state === 'crashed') this.tell(name, pc.red(`ended: ${note}`));
      if (state === 'ready') this.tell(name, `ready again, pid ${pid}`);
    } else if (state === 'ready') this.board.ready(name, `${this.addressOf(name)} (pid ${pid})`);
    else this.board.waiting(name, note ?? 'started, waiting for what it needs');
  }

  private addressOf(name: string): string {
    const { EDGE_PORT, CATALOG_PORT, USER_PORT, VIDEO_PORT } = this.options.ports;
    const ports: Record<string, number> = {
      edge: EDGE_PORT,
      catalog: CATALOG_PORT,
      user: USER_PORT,
      video: VIDEO_PORT,
    };
    return ports[name] === undefined ? 'no address: it asks for work' : `127.0.0.1:${ports[name]}`;
  }

  private async seed(env: Readonly<Record<string, string>>): Promise<void> {
    const startedAt = performance.now();
    let isFresh = false;
    try {
      const onProgress = (text: string) => {
        isFresh = true;
        if (this.stopping === undefined) this.tell('seed', text);
      };
      await seedOnce(this.options.home, env, onProgress, this.ending.signal);
      if (isFresh)
        this.tell('seed', `done in ${((performance.now() - startedAt) / 1000).toFixed(0)} s: reload the page`);
    } catch (error) {
      if (this.stopping === undefined)
        this.tell('seed', pc.red(error instanceof Error ? error.message : String(error)));
    }
  }

  private tell(part: string, text: string): void {
    console.log(`  ${part.padEnd(11)} ${text}`);
  }

  private async stopAll(): Promise<void> {
    const startedAt = performance.now();
    await this.board.close();
    if (this.backing === undefined) return;
    console.log('\nStopping; data stays.');
    this.ending.abort();
    await this.platform?.stop();
    await this.backing.stop();
    console.log(`Stopped in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  }
}
