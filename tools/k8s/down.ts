import { confirmUninstall } from './cluster.ts';
import { Kubernetes } from './kubernetes.ts';
import type { DownOptions } from './options.ts';
import { findRelease, RELEASE, RELEASE_SELECTOR } from './release.ts';

const RETAINED = 'persistentvolumeclaims,secrets';

/** Uninstalls the release, and deletes what helm retains if `data` is set. Idempotent. */
export async function down({ namespace, data, yes }: DownOptions): Promise<void> {
  const kubernetes = await Kubernetes.connect(namespace);
  const selector = ['--selector', RELEASE_SELECTOR];
  const release = await findRelease(kubernetes);
  const retained = await kubernetes.words('{.items[*].metadata.name}', [RETAINED, ...selector]);
  if (release === undefined && (!data || retained.length === 0)) {
    const hint =
      retained.length === 0 ? '' : ` ${retained.length} volumes and Secrets remain. Delete them with --data.`;
    return console.log(`Viernes is not installed in namespace ${namespace}.${hint}`);
  }
  await confirmUninstall(namespace, data, yes);
  if (release !== undefined) {
    console.log('Uninstalling ...');
    await kubernetes.helm(['uninstall', RELEASE, '--wait', '--timeout', '5m']);
  }
  // The pod of helm test is not part of the release.
  await kubernetes.kubectl(['delete', 'pods', ...selector, '--ignore-not-found']);
  if (!data) return console.log('Uninstalled. The data remains for the next npm run k8s:up. Delete it with -- --data.');
  await kubernetes.kubectl(['delete', RETAINED, ...selector, '--ignore-not-found']);
  console.log(`Uninstalled and deleted all data. The namespace ${namespace} remains.`);
}
