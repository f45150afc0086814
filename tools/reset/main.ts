import { join } from 'node:path';
import { findComposeProject } from '../backing/compose.ts';
import { PidRegistry } from '../processes/pid-registry.ts';
import { readPorts } from '../settings.ts';
import { askYesNo } from '../terminal/ask.ts';
import { readFlags } from '../terminal/typed-options.ts';
import { dropStateDir } from '../test/test-state-dir.ts';
import { STATE_DIR } from '../workspace.ts';

const HELP = 'npm run reset deletes all data and logs of this clone after a confirmation. -- --yes does not prompt.';
const options = readFlags('reset', HELP, ['yes']);

async function reset(): Promise<void> {
  const running = new PidRegistry(join(STATE_DIR, 'supervisor')).find('start');
  if (running !== undefined) {
    throw new Error(`Viernes is running (pid ${running.pid}). Stop it with Ctrl-C or kill ${running.pid}.`);
  }
  const noTerminalText = 'No terminal for the confirmation. Run npm run reset -- --yes.';
  if (!options.yes && !(await askYesNo('Delete all data and logs of this clone?', noTerminalText))) process.exit(1);
  await new PidRegistry(join(STATE_DIR, 'run')).terminateStale();
  await (await findComposeProject(STATE_DIR, readPorts(process.env)))?.remove();
  dropStateDir(STATE_DIR);
  console.log('All data is deleted. The next npm start creates it again.');
}

try {
  await reset();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
