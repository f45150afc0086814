import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readObject } from './api-server.js';
import { cluster } from './cluster-config.js';
import { helm } from './command.js';
import { report, stopwatch } from './figures.js';
import { SteadyLoad, type Visit } from './load.js';
import { describeLoad, faultsOf } from './load-figures.js';
import { SERVICES, longRunningPods, settled } from './pods.js';
import { release, type Revision } from './release.js';
import { audience, platformAnswers } from './stage.js';

const VISITS_PER_SECOND = 4;
const NEXT_VERSION = '0.1.1-next';

interface DeploymentList {
  readonly items: readonly {
    readonly spec: {
      readonly template: {
        readonly metadata: { readonly labels: Readonly<Record<string, string>> };
        readonly spec: { readonly containers: readonly { readonly image: string }[] };
      };
    };
  }[];
}

describe('a release changes under steady browsing, home pages and playback', () => {
  let visits: readonly Visit[];
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'viernes-next-'));
    visits = await audience();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** The same images under another version label, as a next release of the chart has it. */
  async function nextChart(): Promise<string> {
    await helm('package', cluster.chart, '--app-version', NEXT_VERSION, '--destination', folder);
    return join(folder, readdirSync(folder)[0] ?? '');
  }

  async function templates(): Promise<{ versions: string[]; images: string[] }> {
    const { items } = await readObject<DeploymentList>(
      `/apis/apps/v1/namespaces/${cluster.namespace}/deployments?labelSelector=app.kubernetes.io/instance%3D${cluster.release}`,
    );
    return {
      versions: items.map(({ spec }) => spec.template.metadata.labels['app.kubernetes.io/version'] ?? ''),
      images: items.flatMap(({ spec }) => spec.template.spec.containers.map(({ image }) => image)),
    };
  }

  async function lastRevision(): Promise<Revision> {
    const revision = (await release.history()).at(-1);
    if (revision === undefined) throw new Error('the release has no revisions');
    return revision;
  }

  async function podNames(): Promise<string[]> {
    return (await longRunningPods()).map(({ name }) => name).toSorted();
  }

  /** Runs an operation under load, tells how it went, and gives what failed. */
  async function underLoad(what: string, operate: () => Promise<unknown>): Promise<Record<string, number>> {
    await platformAnswers();
    const load = SteadyLoad.start(visits, VISITS_PER_SECOND);
    const elapsed = stopwatch();
    await operate();
    const took = elapsed();
    // Old pods may still drain: they, too, are part of it.
    for (const service of SERVICES) await settled(service, 1);
    const samples = await load.stop();
    report(
      `${what}: took ${took}, ${samples.length} requests, ${load.failures().length} failed\n    ${describeLoad(samples)}`,
    );
    expect(load.crowdedOut).toBe(0);
    return faultsOf(samples);
  }

  it('upgrades every pod to another version label and a changed value, and no request fails', async () => {
    const [chart, before] = [await nextChart(), await podNames()];
    const failures = await underLoad('rolling upgrade', () => release.upgrade({ logLevel: 'warn' }, chart));
    expect(failures).toEqual({});
    expect([...new Set((await templates()).versions)]).toEqual([NEXT_VERSION]);
    const services = before.filter((name) =>
      SERVICES.some((service) => name.startsWith(`${cluster.release}-${service}-`)),
    );
    expect(services).toHaveLength(SERVICES.length);
    for (const name of services) expect(await podNames()).not.toContain(name);
  });

  it('goes back by helm rollback, and no request fails', async () => {
    const { revision } = await lastRevision();
    const failures = await underLoad('helm rollback', () => release.rollback(revision - 1));
    expect(failures).toEqual({});
    expect((await templates()).versions).not.toContain(NEXT_VERSION);
  });

  it('returns by itself from an upgrade to an image that cannot start, which nobody notices', async () => {
    const [before, good] = [await lastRevision(), await templates()];
    let exitCode = 0;
    const failures = await underLoad('upgrade to an image that cannot start', async () => {
      ({ exitCode } = await release.tryUpgrade({ 'image.tag': 'not-there', 'seed.enabled': false }, '40s'));
    });
    expect(failures).toEqual({});
    expect(exitCode).not.toBe(0);
    expect(await templates()).toEqual(good);
    const last = await lastRevision();
    expect(last).toMatchObject({ status: 'deployed', description: `Rollback to ${before.revision}` });
    report(`the release went back by itself: revision ${last.revision}, "${last.description}"`);
  });
});
