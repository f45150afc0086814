import { join } from 'node:path';
import pc from 'picocolors';
import { PidRegistry } from '../processes/pid-registry.ts';
import { readPorts } from '../settings.ts';
import { typedOptions } from '../terminal/typed-options.ts';
import { STATE_DIR } from '../workspace.ts';
import { printLogs } from './logs.ts';
import { readEdgeUrl, removePlatformEnv } from './platform-env.ts';
import { Run } from './run.ts';
import { onSignals } from './signals.ts';
import { HELP } from './texts.ts';

const { values: options } = typedOptions('start', {
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    logs: { type: 'boolean', default: false },
    'no-seed': { type: 'boolean', default: false },
    'install-system-packages': { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (options.help) return console.log(HELP);
  const supervisors = new PidRegistry(join(STATE_DIR, 'supervisor'));
  const other = supervisors.find('start');
  if (other !== undefined) return reportOther(other.pid);
  const ports = readPorts(process.env);
  supervisors.add('start', process.pid);
  process.on('exit', () => supervisors.remove('start'));

  const stale = await new PidRegistry(join(STATE_DIR, 'run')).terminateStale();
  if (stale.length > 0) console.log(`Terminated processes of an earlier start: ${stale.join(', ')}`);
  removePlatformEnv(STATE_DIR);

  const run = new Run({ stateDir: STATE_DIR, ports, withLogs: options.logs, withSeed: !options['no-seed'] });
  onSignals(
    () => void run.stop().then(() => process.exit(0)),
    () => run.kill(),
  );
  if (options.logs) printLogs(STATE_DIR);
  await run.start();
}

function reportOther(pid: number): void {
  const edgeUrl = readEdgeUrl(STATE_DIR);
  const state = edgeUrl === undefined ? 'is starting' : `is running at ${edgeUrl}`;
  console.log(`Viernes ${state} (pid ${pid}). Stop it with kill ${pid}.`);
  if (options.logs) return printLogs(STATE_DIR);
  process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(pc.red(error instanceof Error ? error.message : String(error)));
  process.exit(1);
}
