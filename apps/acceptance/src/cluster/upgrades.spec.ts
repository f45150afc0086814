import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readObject } from './api-server.js';
import { cluster } from './cluster-config.js';
import { helm } from './command.js';
import { SteadyLoad, type Visit } from './load.js';
import { countFailures, summarizeLoad } from './load-summary.js';
import { mixedVisits, waitUntilPlatformIsReady, restoreRelease } from './platform.js';
import { SERVICES, longRunningPods, waitForPods } from './pods.js';
import { release, type Revision } from './release.js';
import { report, stopwatch } from './report.js';

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

describe('upgrades under constant load', () => {
  const folder = mkdtempSync(join(tmpdir(), 'viernes-next-'));
  let visits: readonly Visit[] = [];

  beforeEach(async () => {
    await restoreRelease();
    if (visits.length === 0) visits = await mixedVisits();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Packages the chart with another app version, which changes the pods but not the images. */
  async function packageNextChart(): Promise<string> {
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

  /** Runs an operation under load, reports its duration, and returns the failed requests. */
  async function failuresDuring(operation: string, run: () => Promise<unknown>): Promise<Record<string, number>> {
    await waitUntilPlatformIsReady();
    const load = SteadyLoad.start(visits, VISITS_PER_SECOND);
    const elapsed = stopwatch();
    await run();
    const took = elapsed();
    // Includes the time in which old pods drain.
    for (const service of SERVICES) await waitForPods(service, 1);
    const samples = await load.stop();
    report(
      `${operation}: took ${took}, ${samples.length} requests, ${load.failures().length} failed\n    ${summarizeLoad(samples)}`,
    );
    expect(load.skippedVisits).toBe(0);
    return countFailures(samples);
  }

  it('replaces every pod in a rolling upgrade without a failed request', async () => {
    const [chart, before] = [await packageNextChart(), await podNames()];
    const failures = await failuresDuring('rolling upgrade', () => release.upgrade({ logLevel: 'warn' }, { chart }));
    expect(failures).toEqual({});
    expect([...new Set((await templates()).versions)]).toEqual([NEXT_VERSION]);
    const services = before.filter((name) =>
      SERVICES.some((service) => name.startsWith(`${cluster.release}-${service}-`)),
    );
    expect(services).toHaveLength(SERVICES.length);
    for (const name of services) expect(await podNames()).not.toContain(name);
  });

  it('returns to the previous revision with helm rollback without a failed request', async () => {
    const { revision } = await lastRevision();
    await release.upgrade({ logLevel: 'warn' }, { chart: await packageNextChart() });
    expect((await templates()).versions).toContain(NEXT_VERSION);
    const failures = await failuresDuring('helm rollback', () => release.rollback(revision));
    expect(failures).toEqual({});
    expect((await templates()).versions).not.toContain(NEXT_VERSION);
  });

  it('rolls back an upgrade to a missing image automatically without a failed request', async () => {
    const [before, good] = [await lastRevision(), await templates()];
    let exitCode = 0;
    const failures = await failuresDuring('upgrade to a missing image', async () => {
      ({ exitCode } = await release.tryUpgrade({ 'image.tag': 'missing', 'seed.enabled': false }, '40s'));
    });
    expect(failures).toEqual({});
    expect(exitCode).not.toBe(0);
    expect(await templates()).toEqual(good);
    const last = await lastRevision();
    expect(last).toMatchObject({ status: 'deployed', description: `Rollback to ${before.revision}` });
    report(`automatic rollback: revision ${last.revision}, "${last.description}"`);
  });
});
