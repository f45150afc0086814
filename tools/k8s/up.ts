import { join } from 'node:path';
import pc from 'picocolors';
import { IMAGE_APPS, imageName, type ImageApp } from '../images/images.ts';
import { createBoard, type Board } from '../start/board.ts';
import { WORKSPACE } from '../workspace.ts';
import { findUrl } from './address.ts';
import { imageFlags, imagesIn, valueFlags } from './chart-values.ts';
import { clusterLine, expectMeant } from './confirm.ts';
import { findImageStore, type ImageStore } from './image-store.ts';
import { InstallWatch } from './install-watch.ts';
import { Kubernetes, wordsOf } from './kubernetes.ts';
import { loadImages } from './load-images.ts';
import { planLoad } from './load-plan.ts';
import type { UpOptions } from './options.ts';
import { progressLine } from './pods.ts';
import { isInterrupted, run } from './programs.ts';
import { expectNoOtherHelm, findRelease, RELEASE, takeBack, type Release } from './release.ts';
import { afterwards } from './texts.ts';
import { majorMinor } from './versions.ts';

const CHART = join(WORKSPACE, 'helm', 'viernes');
const STEPS = ['images', 'load', 'install', 'test'];
const LAST_LINES = 20;
// Of a file that somebody reads later.
const LOG_WIDTH = 200;

/** From what is in this clone to a release that answers. Safe to repeat: what is there already is left as it is. */
export class Up {
  private readonly options: UpOptions;
  private readonly kubernetes: Kubernetes;
  private readonly env: NodeJS.ProcessEnv;
  private readonly board: Board;

  private constructor(options: UpOptions, kubernetes: Kubernetes, env: NodeJS.ProcessEnv) {
    this.options = options;
    this.kubernetes = kubernetes;
    this.env = env;
    this.board = createBoard(STEPS, process.stdout.isTTY);
  }

  /** @throws Error for people, that says which step went wrong and why */
  static async run(options: UpOptions, env: NodeJS.ProcessEnv): Promise<void> {
    const kubernetes = await Kubernetes.current(options.namespace);
    console.log(clusterLine(kubernetes.cluster));
    await expectMeant(kubernetes.cluster, options.yes);
    for (const warning of await kubernetes.checkVersions()) console.log(pc.yellow(warning));
    const release = await findRelease(kubernetes);
    expectNoOtherHelm(release, options.namespace);
    const up = new Up(options, kubernetes, env);
    try {
      await up.install(release);
    } finally {
      await up.board.close();
    }
    console.log(afterwards(kubernetes, await findUrl(kubernetes)));
  }

  private async install(release: Release | undefined): Promise<void> {
    await this.step('images', () => this.buildImages());
    const store = await findImageStore().catch(() => undefined);
    const ids = await imageIds(store, this.env);
    const { cluster } = this.kubernetes;
    const flags = [
      ...imageFlags(this.env['IMAGE_REGISTRY'] || undefined, this.env['IMAGE_TAG'] || undefined, ids),
      ...valueFlags(cluster, this.options.values, this.options.set),
    ];
    await this.step('load', () => this.load(store, ids, flags));
    await this.step('install', () => this.upgrade(release, flags));
    await this.step('test', () => this.test());
  }

  private async buildImages(): Promise<string> {
    if (this.options['skip-images']) return 'not built, as asked';
    const onLine = (line: string) => this.board.waiting('images', line);
    await run('node', ['tools/images/main.ts'], { cwd: WORKSPACE, onLine });
    return `${IMAGE_APPS.length} built`;
  }

  private async load(
    store: ImageStore | undefined,
    ids: ReadonlyMap<ImageApp, string>,
    flags: readonly string[],
  ): Promise<string> {
    if (this.options['skip-load']) return 'not loaded, as asked';
    if (store === undefined) return 'none built here: the cluster pulls';
    const command = this.env['K8S_LOAD_COMMAND'];
    const plan = planLoad(this.kubernetes.cluster, store.engine, command);
    if (plan.by === 'sharing') return "the cluster has docker's images";
    if (plan.by === 'registry') return 'the cluster pulls: what it runs must have been pushed';
    const ours = [...ids].map(([app, id]) => ({ name: imageName(app, this.env), id }));
    const { stdout } = await this.kubernetes.helm(['template', RELEASE, CHART, ...flags]);
    // Who gives a command has a cluster that may not pull at all.
    const backing = (command ? imagesIn(stdout) : [])
      .filter((image) => !ours.some(({ name }) => name === image))
      .map((name) => ({ name, id: undefined }));
    const tell = (name: string) => this.board.waiting('load', name);
    const loaded = await loadImages(this.kubernetes, store, plan, [...ours, ...backing], tell);
    return loaded.length === 0 ? 'the cluster has them all' : `${loaded.length} brought into the cluster`;
  }

  private async upgrade(release: Release | undefined, flags: readonly string[]): Promise<string> {
    const watch = new InstallWatch(this.kubernetes, (progress) =>
      this.board.waiting('install', progressLine(progress, (process.stdout.columns || LOG_WIDTH) - 20)),
    );
    const wait = ['--wait', '--timeout', this.options.timeout, ...(await this.undoFlags(release))];
    try {
      await this.kubernetes.helm(['upgrade', '--install', RELEASE, CHART, '--create-namespace', ...wait, ...flags]);
    } catch (error) {
      await watch.stop();
      if (isInterrupted()) throw new Error((await takeBack(this.kubernetes)) ?? 'Interrupted.', { cause: error });
      throw new Error(`${withoutLog(wordsOf(error))}\n\n${await watch.report()}`, { cause: error });
    } finally {
      await watch.stop();
    }
    return `namespace ${this.options.namespace}, all pods ready`;
  }

  // What ran goes on running. A first install stays as it is: somebody wants to look at it.
  private async undoFlags(release: Release | undefined): Promise<readonly string[]> {
    if (release?.lastGood === undefined) return [];
    const { stdout } = await this.kubernetes.helm(['version', '--template', '{{.Version}}']);
    return [majorMinor(stdout)[0] >= 4 ? '--rollback-on-failure' : '--atomic'];
  }

  private async test(): Promise<string> {
    if (this.options['skip-test']) return 'not run, as asked';
    const { exitCode, all } = await this.kubernetes.helm(['test', RELEASE, '--logs', '--timeout', '10m'], {
      reject: false,
    });
    if (exitCode !== 0) throw new Error(`helm test failed; the end of what it said:\n${lastLines(all)}`);
    return 'a film went from upload to playback, inside the cluster';
  }

  private async step(part: string, work: () => Promise<string>): Promise<void> {
    try {
      this.board.waiting(part, 'started');
      this.board.ready(part, await work());
    } catch (error) {
      this.board.failed(part, 'see below');
      throw new Error(`${part}: ${wordsOf(error)}`, { cause: error });
    }
  }
}

async function imageIds(store: ImageStore | undefined, env: NodeJS.ProcessEnv): Promise<ReadonlyMap<ImageApp, string>> {
  const found = IMAGE_APPS.map(async (app) => [app, await store?.id(imageName(app, env))] as const);
  return new Map((await Promise.all(found)).flatMap(([app, id]) => (id === undefined ? [] : [[app, id] as const])));
}

// helm says the same once more as an error.
function withoutLog(text: string): string {
  return text.replaceAll(/^level=WARN .*\n/gm, '');
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-LAST_LINES).join('\n');
}
