import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ComposeProject } from '../backing/compose.ts';
import { toSharedFolder } from '../backing/native/postgres.ts';
import { PidRegistry } from '../processes/pid-registry.ts';
import { readPorts } from '../settings.ts';
import { askYesNo } from '../terminal/ask.ts';
import { typedOptions } from '../terminal/typed-options.ts';
import { STATE_DIR } from '../workspace.ts';

const { values: options } = typedOptions('reset', {
  options: {
    yes: { type: 'boolean', short: 'y', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

async function main(): Promise<number> {
  if (options.help) {
    console.log(
      'npm run reset deletes all data and logs of this clone after a confirmation. -- --yes does not prompt.',
    );
    return 0;
  }
  const running = new PidRegistry(join(STATE_DIR, 'supervisor')).find('start');
  if (running !== undefined) {
    console.error(`Viernes is running (pid ${running.pid}). Stop it with Ctrl-C or kill ${running.pid}.`);
    return 1;
  }
  const noTerminalText = 'No terminal for the confirmation. Run npm run reset -- --yes.';
  if (!options.yes && !(await askYesNo('Delete all data and logs of this clone?', noTerminalText))) return 1;
  await new PidRegistry(join(STATE_DIR, 'run')).terminateStale();
  await (await ComposeProject.find(STATE_DIR, readPorts(process.env)))?.remove();
  rmSync(toSharedFolder(STATE_DIR), { recursive: true, force: true });
  rmSync(STATE_DIR, { recursive: true, force: true });
  console.log('All data is deleted. The next npm start creates it again.');
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
