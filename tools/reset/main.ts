import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeContainers } from '../backing/containers/container-parts.ts';
import { findEngine } from '../backing/containers/engine.ts';
import { lentFolder } from '../backing/native/postgres-binaries.ts';
import { RunLedger } from '../processes/run-ledger.ts';
import { readPorts } from '../settings.ts';
import { askYesNo } from '../terminal/ask.ts';
import { typedOptions } from '../terminal/typed-options.ts';
import { HOME } from '../workspace.ts';

const { values: options } = typedOptions('reset', {
  options: {
    yes: { type: 'boolean', short: 'y', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

function isMeant(): Promise<boolean> {
  return askYesNo(
    'Drop every film, account and log of this clone?',
    'Nobody is there to ask: npm run reset -- --yes drops all data.',
  );
}

async function main(): Promise<number> {
  if (options.help) {
    console.log('npm run reset drops every film, account and log of this clone, after asking; -- --yes does not ask.');
    return 0;
  }
  const running = new RunLedger(join(HOME, 'supervisor')).find('start');
  if (running !== undefined) {
    console.error(`Viernes runs here (pid ${running.pid}): stop it first, with Ctrl-C there or kill ${running.pid}.`);
    return 1;
  }
  if (!options.yes && !(await isMeant())) return 1;
  await new RunLedger(join(HOME, 'run')).endLeftovers();
  const engine = await findEngine();
  if (engine !== undefined) await removeContainers(engine, HOME, readPorts(process.env));
  rmSync(lentFolder(HOME), { recursive: true, force: true });
  rmSync(HOME, { recursive: true, force: true });
  console.log('All data is dropped. The next npm start makes it new.');
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
