import { eventually } from '../support/eventually.js';
import { Viewer } from '../support/viewer.js';
import { bodyOf } from '../support/http.js';
import { cluster } from './cluster-config.js';
import { kubectl } from './command.js';
import { digestData, type DataDigest } from './data-digest.js';
import { report, stopwatch } from './figures.js';
import { SteadyLoad, type Sample, type Visit } from './load.js';
import { describeLoad, faultsOf } from './load-figures.js';
import { longRunningPods, settled, type Backing } from './pods.js';
import { audience, restarts, theFilm } from './stage.js';

const VISITS_PER_SECOND = 4;

/** What may fail while a backing service is away, by the design; everything else goes on. */
const MAY_FAIL: Readonly<Record<Backing, (sample: Sample) => boolean>> = {
  // Facts wait in the outbox.
  kafka: () => false,
  // Only what may vanish is kept there: limits are then not shared.
  valkey: () => false,
  // Bytes of films; lists, pages and even playlists need none of it.
  minio: ({ name }) => name === 'media',
  // All but the page itself asks a service that asks its database.
  postgres: ({ name }) => name !== 'page',
};

describe('each backing pod is deleted under load', () => {
  let visits: readonly Visit[];
  let viewer: Viewer;
  let filmId: string;

  beforeAll(async () => {
    visits = await audience();
    filmId = (await theFilm()).id;
    viewer = await Viewer.signUp();
    const playback = await viewer.play(filmId);
    bodyOf(await viewer.heartbeat(playback.id, 3_000), 200);
    bodyOf(await viewer.stop(playback.id), 204);
    await eventually(
      () => viewer.continueWatching(),
      ([entry]) => entry?.positionMs === 3_000,
      { what: 'the watched position has arrived' },
    );
  });

  /** Signed in anew: the way there is part of what must work. */
  async function digest(): Promise<DataDigest> {
    return digestData(await Viewer.signIn(viewer.email), filmId);
  }

  async function worksAgain(): Promise<void> {
    await eventually(
      async () => {
        const load = SteadyLoad.start(visits.slice(0, 3), 6);
        await eventually(
          async () => load.samples.length,
          (count) => count > 12,
          { what: 'visits were made' },
        );
        await load.stop();
        return load.failures();
      },
      (failures) => failures.length === 0,
      { withinSeconds: 180, what: 'everything works again without hands' },
    );
  }

  it.each(['kafka', 'valkey', 'minio', 'postgres'] as const)('%s', async (backing) => {
    const before = await digest();
    const pods = await longRunningPods();
    const load = SteadyLoad.start(visits, VISITS_PER_SECOND);
    await eventually(
      async () => load.samples.length,
      (count) => count > 40,
      { what: 'the load is under way' },
    );

    const elapsed = stopwatch();
    await kubectl('delete', 'pod', `${cluster.release}-${backing}-0`, '--wait=true');
    const gone = elapsed();
    await settled(backing, 1);
    const back = elapsed();
    await worksAgain();
    const samples = await load.stop();
    const failures = load.failures();
    report(`${backing} deleted: gone after ${gone}, ready again after ${back}, all well after ${elapsed()}`);
    report(`  ${samples.length} requests, ${failures.length} failed\n    ${describeLoad(samples)}`);

    expect(faultsOf(failures.filter((sample) => !MAY_FAIL[backing](sample)))).toEqual({});
    // Refused in a way that a client can read, and act on.
    expect(faultsOf(failures.filter(({ status, fault }) => status !== 503 || !fault?.includes('"code":"')))).toEqual(
      {},
    );
    expect(await digest()).toEqual(before);
    report(`  data as before: ${JSON.stringify(before)}`);
    expect(await restarts()).toEqual({});
    const others = pods.filter(({ component }) => component !== backing).map(({ uid }) => uid);
    expect((await longRunningPods()).map(({ uid }) => uid)).toEqual(expect.arrayContaining(others));
  });
});
