import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { BACKING_NAMES } from '../backing/variables.ts';
import { APP_NAMES, MONOLITH_NAMES } from '../platform/app-processes.ts';
import { followLog } from '../processes/log-file.ts';
import { PidRegistry } from '../processes/pid-registry.ts';
import { readPorts } from '../settings.ts';
import { readArguments, runScript } from '../terminal/script.ts';
import { PLATFORM_ENV_FILE, STATE_DIR, USER_ENV_FILE } from '../workspace.ts';
import { Run } from './run.ts';
import { onSignals } from './signals.ts';
import { HELP, toPageUrl } from './texts.ts';

const COLORS = [pc.cyan, pc.yellow, pc.green, pc.magenta, pc.blue];
const { flags } = readArguments('start', HELP, ['logs', 'no-seed', 'monolith', 'install-system-packages']);

async function main(): Promise<void> {
  const supervisors = new PidRegistry(join(STATE_DIR, 'supervisor'));
  const running = supervisors.find('start');
  if (running !== undefined) return reportRunning(running.pid);
  const ports = readPorts(process.env);
  supervisors.add('start', process.pid);
  process.on('exit', () => supervisors.remove('start'));

  const stale = await new PidRegistry(join(STATE_DIR, 'run')).terminateAll();
  if (stale.length > 0) console.log(`Terminated processes of an earlier start: ${stale.join(', ')}`);
  for (const file of [PLATFORM_ENV_FILE, USER_ENV_FILE]) rmSync(file, { force: true });

  const apps = flags.monolith ? MONOLITH_NAMES : APP_NAMES;
  const run = new Run({ stateDir: STATE_DIR, ports, apps, withLogs: flags.logs, withSeed: !flags['no-seed'] });
  onSignals(
    () => void run.stop().then(() => process.exit(0)),
    () => void run.kill(),
  );
  if (flags.logs) printLogs();
  await run.start();
}

function reportRunning(pid: number): void {
  const env = existsSync(PLATFORM_ENV_FILE) ? readFileSync(PLATFORM_ENV_FILE, 'utf8') : '';
  const edgeUrl = /^EDGE_URL=(.+)$/m.exec(env)?.[1];
  const state = edgeUrl === undefined ? 'is starting' : `is running at ${toPageUrl(edgeUrl)}`;
  console.log(`Viernes ${state} (pid ${pid}). Stop it with kill ${pid}.`);
  if (flags.logs) return printLogs();
  process.exitCode = 1;
}

/** Prints each new line of every log with the name of its process. */
function printLogs(): void {
  for (const [index, name] of [...new Set([...APP_NAMES, ...MONOLITH_NAMES, ...BACKING_NAMES])].entries()) {
    const color = COLORS[index % COLORS.length] ?? pc.cyan;
    followLog(join(STATE_DIR, 'logs', `${name}.log`), (line) => console.log(`${color(name.padEnd(11))} ${line}`));
  }
}

await runScript(main);
