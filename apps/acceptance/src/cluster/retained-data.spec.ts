import { readObject } from './api-server.js';
import { cluster } from './cluster-config.js';
import { kubectl } from './command.js';
import { digestData } from './data-digest.js';
import { Viewer } from '../support/viewer.js';
import { requireBody } from '../support/http.js';
import { eventually } from '../support/eventually.js';
import { waitUntilPlatformIsReady, playableTitle, restarts, restoreRelease } from './platform.js';
import { longRunningPods } from './pods.js';
import { release } from './release.js';
import { report, stopwatch } from './report.js';

interface SecretList {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly data?: Readonly<Record<string, string>>;
  }[];
}

/** Returns the Secrets that the chart created, without those of Helm. */
async function secrets(): Promise<Record<string, unknown>> {
  const { items } = await readObject<SecretList>(`/api/v1/namespaces/${cluster.namespace}/secrets`);
  const created = items.filter(({ metadata }) => metadata.name.startsWith(`${cluster.release}-`));
  return Object.fromEntries(created.map(({ metadata, data }) => [metadata.name, data]));
}

describe('reinstall', () => {
  it('finds all data and Secrets of the uninstalled release', async () => {
    await restoreRelease();
    const title = await playableTitle();
    const viewer = await Viewer.signUp();
    const playback = await viewer.play(title.id);
    requireBody(await viewer.heartbeat(playback.id, 4_000), 200);
    requireBody(await viewer.stop(playback.id), 204);
    await eventually(
      () => viewer.continueWatching(),
      ([entry]) => entry?.positionMs === 4_000,
      { what: 'the watched position is stored' },
    );
    const [data, retained] = [await digestData(viewer, title.id), await secrets()];
    expect(Object.keys(retained)).not.toHaveLength(0);

    await release.uninstall();
    await eventually(
      () => longRunningPods(),
      (pods) => pods.length === 0,
      { what: 'all pods are deleted' },
    );
    expect(await kubectl('get', 'persistentvolumeclaims', '--output', 'name')).toContain(
      `data-${cluster.release}-postgres-0`,
    );

    const elapsed = stopwatch();
    await release.upgrade({ 'seed.enabled': false });
    await waitUntilPlatformIsReady();
    report(`install on retained volumes took ${elapsed()}`);
    expect(await digestData(await Viewer.signIn(viewer.email), title.id)).toEqual(data);
    expect(await secrets()).toEqual(retained);
    expect(await restarts()).toEqual({});
  });
});
