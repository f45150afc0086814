import { RELEASE } from '../chart/files.ts';
import { onSignals } from '../start/signals.ts';
import { confirm, runScript } from '../terminal/script.ts';
import { Kubernetes } from './kubernetes.ts';
import { HELP, readDownOptions, readUpOptions } from './options.ts';
import { RELEASE_SELECTOR } from './release.ts';
import { interruption } from './run-program.ts';
import { up } from './up.ts';

async function main([command, ...args]: readonly string[]): Promise<void> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return console.log(HELP);
  onSignals(() => {
    console.log('Stopping: waiting for helm to finish or roll back. Interrupt again to exit immediately.');
    interruption.abort(new Error('Interrupted.'));
  });
  return command === 'up' ? up(readUpOptions(args)) : down(readDownOptions(args));
}

/** Uninstalls the release, and deletes what helm retains if `data` is set. Idempotent. */
async function down({ namespace, data, yes }: ReturnType<typeof readDownOptions>): Promise<void> {
  const kubernetes = await Kubernetes.connect(namespace);
  const consequence = data ? 'and delete all videos, accounts and passwords' : 'and keep its data';
  await confirm(`Uninstall Viernes from namespace ${namespace} ${consequence}?`, yes);
  console.log('Uninstalling ...');
  const uninstall = ['uninstall', RELEASE, '--ignore-not-found', '--wait', '--timeout', '5m'];
  await kubernetes.helm(uninstall, { stdio: 'inherit' });
  // The pod of helm test is not part of the release.
  const objects = data ? 'pods,persistentvolumeclaims,secrets' : 'pods';
  await kubernetes.kubectl(['delete', objects, '--selector', RELEASE_SELECTOR, '--ignore-not-found']);
  if (data) console.log(`Uninstalled and deleted all data. The namespace ${namespace} remains.`);
  else console.log('Uninstalled. The data remains for the next npm run k8s:up. Delete it with -- --data.');
}

await runScript(() => main(process.argv.slice(2)));
