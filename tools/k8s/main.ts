import pc from 'picocolors';
import { onSignals } from '../start/signals.ts';
import { watchCalls } from './calls.ts';
import { down } from './down.ts';
import { wordsOf } from './kubernetes.ts';
import { HELP, readCallsOptions, readDownOptions, readUpOptions } from './options.ts';
import { endPrograms } from './programs.ts';
import { Up } from './up.ts';

async function main([direction, ...args]: readonly string[]): Promise<void> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return console.log(HELP);
  if (direction === 'traffic') return watchCalls(readCallsOptions(args));
  onSignals(
    () => {
      console.log('Stopping: what helm has begun it ends or takes back first. Once more does not wait for it.');
      endPrograms();
    },
    () => process.exit(130),
  );
  if (direction === 'up') return Up.run(readUpOptions(args), process.env);
  return down(readDownOptions(args));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(pc.red(wordsOf(error)));
  process.exitCode = 1;
}
