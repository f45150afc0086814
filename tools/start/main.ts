import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { RunLedger } from '../processes/run-ledger.ts';
import { readPorts } from '../settings.ts';
import { typedOptions } from '../terminal/typed-options.ts';
import { HOME } from '../workspace.ts';
import { printLogs } from './logs.ts';
import { Run } from './run.ts';
import { readEdgeUrl } from './seed.ts';
import { onSignals } from './signals.ts';
import { HELP } from './texts.ts';

const { values: options } = typedOptions('start', {
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    logs: { type: 'boolean', default: false },
    'no-seed': { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (options.help) return console.log(HELP);
  const supervisors = new RunLedger(join(HOME, 'supervisor'));
  const other = supervisors.find('start');
  if (other !== undefined) return besideAnother(other.pid);
  const ports = readPorts(process.env);
  supervisors.record('start', process.pid);
  process.on('exit', () => supervisors.forget('start'));

  const leftovers = await new RunLedger(join(HOME, 'run')).endLeftovers();
  if (leftovers.length > 0) console.log(`Ended what an earlier start left running: ${leftovers.join(', ')}`);
  rmSync(join(HOME, 'platform.env'), { force: true });

  const run = new Run({ home: HOME, ports, withLogs: options.logs, withSeed: !options['no-seed'] });
  onSignals(
    () => void run.stop().then(() => process.exit(0)),
    () => run.kill(),
  );
  if (options.logs) printLogs(HOME);
  await run.start();
}

function besideAnother(pid: number): void {
  const edgeUrl = readEdgeUrl(HOME);
  const where = edgeUrl === undefined ? 'is starting here' : `runs here already: ${edgeUrl}`;
  console.log(`Viernes ${where} (pid ${pid}; kill ${pid} stops it).`);
  if (options.logs) return printLogs(HOME);
  process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(pc.red(error instanceof Error ? error.message : String(error)));
  process.exit(1);
}
