import { clusterLine, expectLeaving } from './confirm.ts';
import { Kubernetes } from './kubernetes.ts';
import type { DownOptions } from './options.ts';
import { OURS, RELEASE, findRelease } from './release.ts';

const KEPT = 'persistentvolumeclaims,secrets';

/** Takes the release out; with `data`, what helm keeps as well. Safe to repeat. */
export async function down(options: DownOptions): Promise<void> {
  const kubernetes = await Kubernetes.current(options.namespace);
  console.log(clusterLine(kubernetes.cluster));
  const release = await findRelease(kubernetes);
  const kept = await keptObjects(kubernetes);
  if (release === undefined && (!options.data || kept.length === 0)) {
    const rest = kept.length === 0 ? '' : `; ${kept.length} volumes and Secrets of it are kept: --data drops them`;
    return console.log(`Viernes is not installed in namespace ${options.namespace}${rest}.`);
  }
  await expectLeaving(options.namespace, options.data, options.yes);
  if (release !== undefined) {
    console.log('Uninstalling, waiting for the pods to go ...');
    await kubernetes.helm(['uninstall', RELEASE, '--wait', '--timeout', '5m']);
  }
  // The pod of helm test, which helm takes for no part of the release.
  await kubernetes.kubectl(['delete', 'pods', '--selector', OURS, '--ignore-not-found']);
  if (!options.data) return console.log('Uninstalled. Data stays: npm run k8s:up finds it again, -- --data drops it.');
  await kubernetes.kubectl(['delete', KEPT, '--selector', OURS, '--ignore-not-found']);
  console.log(`Nothing of Viernes is left in namespace ${options.namespace}; the namespace stays.`);
}

async function keptObjects(kubernetes: Kubernetes): Promise<readonly string[]> {
  const { stdout } = await kubernetes.kubectl(['get', KEPT, '--selector', OURS, '--output', 'name']);
  return stdout.split('\n').filter((line) => line !== '');
}
