import { readObject } from './api-server.js';
import { cluster } from './cluster-config.js';
import { kubectl } from './command.js';
import { digestData } from './data-digest.js';
import { report, stopwatch } from './figures.js';
import { Viewer } from '../support/viewer.js';
import { bodyOf } from '../support/http.js';
import { eventually } from '../support/eventually.js';
import { longRunningPods } from './pods.js';
import { release } from './release.js';
import { platformAnswers, restarts, theFilm } from './stage.js';

interface SecretList {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly data?: Readonly<Record<string, string>>;
  }[];
}

/** Secrets of the chart: made once, and kept. Helm's own are left out. */
async function secrets(): Promise<Record<string, unknown>> {
  const { items } = await readObject<SecretList>(`/api/v1/namespaces/${cluster.namespace}/secrets`);
  const ours = items.filter(({ metadata }) => metadata.name.startsWith(`${cluster.release}-`));
  return Object.fromEntries(ours.map(({ metadata, data }) => [metadata.name, data]));
}

describe('what the platform knows outlives its release', () => {
  it('an uninstall and an install on the kept volumes find everything as it was', async () => {
    const film = await theFilm();
    const viewer = await Viewer.signUp();
    const playback = await viewer.play(film.id);
    bodyOf(await viewer.heartbeat(playback.id, 4_000), 200);
    bodyOf(await viewer.stop(playback.id), 204);
    await eventually(
      () => viewer.continueWatching(),
      ([entry]) => entry?.positionMs === 4_000,
      { what: 'the watched position has arrived' },
    );
    const [data, kept] = [await digestData(viewer, film.id), await secrets()];
    expect(Object.keys(kept)).not.toHaveLength(0);

    await release.uninstall();
    await eventually(
      () => longRunningPods(),
      (pods) => pods.length === 0,
      { what: 'no pod is left' },
    );
    expect(await kubectl('get', 'persistentvolumeclaims', '--output', 'name')).toContain(
      `data-${cluster.release}-postgres-0`,
    );

    const elapsed = stopwatch();
    await release.install({ 'seed.enabled': false });
    await platformAnswers();
    report(`install on kept volumes took ${elapsed()}`);
    expect(await digestData(await Viewer.signIn(viewer.email), film.id)).toEqual(data);
    expect(await secrets()).toEqual(kept);
    expect(await restarts()).toEqual({});
  });
});
