import { join } from 'node:path';
import { findComposeProject } from '../backing/compose.ts';
import { PidRegistry } from '../processes/pid-registry.ts';
import { readPorts } from '../settings.ts';
import { confirm, readArguments, runScript } from '../terminal/script.ts';
import { dropStateDir } from '../test/test-state-dir.ts';
import { STATE_DIR } from '../workspace.ts';

const HELP = 'npm run reset deletes all data and logs of this clone after a confirmation. -- --yes does not prompt.';
const { flags } = readArguments('reset', HELP, ['yes']);

await runScript(async () => {
  const running = new PidRegistry(join(STATE_DIR, 'supervisor')).find('start');
  if (running !== undefined)
    throw new Error(`Viernes is running (pid ${running.pid}). Stop it with Ctrl-C or kill ${running.pid}.`);
  await confirm('Delete all data and logs of this clone?', flags.yes);
  await new PidRegistry(join(STATE_DIR, 'run')).terminateAll();
  await (await findComposeProject(STATE_DIR, readPorts(process.env)))?.remove();
  dropStateDir(STATE_DIR);
  console.log('All data is deleted. The next npm start loads the demo data again.');
});
