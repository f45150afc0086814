import { eventually } from '../support/eventually.js';
import { Viewer } from '../support/viewer.js';
import { requireBody } from '../support/http.js';
import { cluster } from './cluster-config.js';
import { kubectl } from './command.js';
import { digestData, type DataDigest } from './data-digest.js';
import { SteadyLoad, type Sample, type Visit } from './load.js';
import { countFailures, summarizeLoad } from './load-summary.js';
import { mixedVisits, playableTitle, restartsSince, restarts, restoreRelease } from './platform.js';
import { longRunningPods, waitForPods, type Backing } from './pods.js';
import { report, stopwatch } from './report.js';

const VISITS_PER_SECOND = 4;

/** The requests that depend on a backing service. All other requests must succeed while it is unavailable. */
const DEPENDS_ON: Readonly<Record<Backing, (sample: Sample) => boolean>> = {
  // Events wait in the outbox.
  kafka: () => false,
  // Without it, each edge pod counts its rate limits separately, and revocations of sessions are not found.
  valkey: () => false,
  // Only requests for media read from it.
  minio: ({ name }) => name === 'media',
  // Every request except the page needs a service with a database.
  postgres: ({ name }) => name !== 'page',
};

describe('deletion of a backing pod under constant load', () => {
  let visits: readonly Visit[];
  let viewer: Viewer;
  let titleId: string;

  beforeAll(async () => {
    await restoreRelease();
    visits = await mixedVisits();
    titleId = (await playableTitle()).id;
    viewer = await Viewer.signUp();
    const playback = await viewer.play(titleId);
    requireBody(await viewer.heartbeat(playback.id, 3_000), 200);
    requireBody(await viewer.stop(playback.id), 204);
    await eventually(
      () => viewer.continueWatching(),
      ([entry]) => entry?.positionMs === 3_000,
      { what: 'the watched position is stored' },
    );
  });

  /** Signs in again, because signing in must work as well. */
  async function digest(): Promise<DataDigest> {
    return digestData(await Viewer.signIn(viewer.email), titleId);
  }

  async function waitForRecovery(): Promise<void> {
    await eventually(
      async () => {
        const load = SteadyLoad.start(visits.slice(0, 3), 6);
        await eventually(
          async () => load.samples.length,
          (count) => count > 12,
          { what: 'the load has sent requests' },
        );
        await load.stop();
        return load.failures();
      },
      (failures) => failures.length === 0,
      { withinSeconds: 180, what: 'all requests succeed again' },
    );
  }

  it.each(['kafka', 'valkey', 'minio', 'postgres'] as const)(
    'retains all data and recovers after the deletion of the %s pod',
    async (backing) => {
      const restartsBefore = await restarts();
      const before = await digest();
      const pods = await longRunningPods();
      const load = SteadyLoad.start(visits, VISITS_PER_SECOND);
      await eventually(
        async () => load.samples.length,
        (count) => count > 40,
        { what: 'the load has sent requests' },
      );

      const elapsed = stopwatch();
      await kubectl('delete', 'pod', `${cluster.release}-${backing}-0`, '--wait=true');
      const deletedAfter = elapsed();
      await waitForPods(backing, 1);
      const readyAfter = elapsed();
      await waitForRecovery();
      const samples = await load.stop();
      const failures = load.failures();
      report(
        `${backing}: deleted after ${deletedAfter}, ready after ${readyAfter}, all requests succeed after ${elapsed()}`,
      );
      report(`  ${samples.length} requests, ${failures.length} failed\n    ${summarizeLoad(samples)}`);

      expect(countFailures(failures.filter((sample) => !DEPENDS_ON[backing](sample)))).toEqual({});
      // Every failure is a problem with an error code and the time of the next attempt. 504: a request that waited for a
      // response of the killed pod until its deadline.
      const expected = /^50[34] retry-after=\d+ .*"code":"/;
      expect(countFailures(failures.filter(({ failure = '' }) => !expected.test(failure)))).toEqual({});
      expect(await digest()).toEqual(before);
      report(`  data unchanged: ${JSON.stringify(before)}`);
      expect(await restartsSince(restartsBefore)).toEqual([]);
      const others = pods.filter(({ component }) => component !== backing).map(({ uid }) => uid);
      expect((await longRunningPods()).map(({ uid }) => uid)).toEqual(expect.arrayContaining(others));
    },
  );
});
