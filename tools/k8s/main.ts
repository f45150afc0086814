import pc from 'picocolors';
import { onSignals } from '../start/signals.ts';
import { down } from './down.ts';
import { HELP, readDownOptions, readUpOptions } from './options.ts';
import { interruption, messageOf } from './run-program.ts';
import { up } from './up.ts';

async function main([command, ...args]: readonly string[]): Promise<void> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return console.log(HELP);
  onSignals(
    () => {
      console.log('Stopping: waiting for helm to finish or roll back. Interrupt again to exit immediately.');
      interruption.abort(new Error('Interrupted.'));
    },
    () => process.exit(130),
  );
  return command === 'up' ? up(readUpOptions(args)) : down(readDownOptions(args));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(pc.red(messageOf(error)));
  process.exitCode = 1;
}
