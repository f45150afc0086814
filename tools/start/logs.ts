import { join } from 'node:path';
import pc from 'picocolors';
import { BACKING_NAMES } from '../backing/variables.ts';
import { APP_NAMES } from '../platform/app-processes.ts';
import { followLog } from '../processes/log-file.ts';

const COLORS = [pc.cyan, pc.yellow, pc.green, pc.magenta, pc.blue];

/** Prints each new line of every log with the name of its process. */
export function printLogs(stateDir: string): void {
  for (const [index, name] of [...APP_NAMES, ...BACKING_NAMES].entries()) {
    const color = COLORS[index % COLORS.length] ?? pc.cyan;
    followLog(join(stateDir, 'logs', `${name}.log`), (line) => console.log(`${color(name.padEnd(11))} ${line}`));
  }
}
