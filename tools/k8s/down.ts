import { RELEASE } from '../chart/files.ts';
import { confirm } from './cluster.ts';
import { Kubernetes } from './kubernetes.ts';
import type { DownOptions } from './options.ts';
import { RELEASE_SELECTOR } from './release.ts';

/** Uninstalls the release, and deletes what helm retains if `data` is set. Idempotent. */
export async function down({ namespace, data, yes }: DownOptions): Promise<void> {
  const kubernetes = await Kubernetes.connect(namespace);
  const consequence = data ? 'and delete all videos, accounts and passwords' : 'and keep its data';
  await confirm(`Uninstall Viernes from namespace ${namespace} ${consequence}?`, yes);
  console.log('Uninstalling ...');
  await kubernetes.helm(['uninstall', RELEASE, '--ignore-not-found', '--wait', '--timeout', '5m'], {
    stdio: 'inherit',
  });
  // The pod of helm test is not part of the release.
  const objects = data ? 'pods,persistentvolumeclaims,secrets' : 'pods';
  await kubernetes.kubectl(['delete', objects, '--selector', RELEASE_SELECTOR, '--ignore-not-found']);
  if (data) console.log(`Uninstalled and deleted all data. The namespace ${namespace} remains.`);
  else console.log('Uninstalled. The data remains for the next npm run k8s:up. Delete it with -- --data.');
}
