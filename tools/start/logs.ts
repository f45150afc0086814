import { join } from 'node:path';
import pc from 'picocolors';
import { APP_NAMES } from '../platform/app-processes.ts';
import { BACKING_NAMES } from '../backing/part.ts';
import { followLog } from '../processes/log-file.ts';

const COLOURS = [pc.cyan, pc.yellow, pc.green, pc.magenta, pc.blue];

/** Prints what is appended to every log, each line with the name of its part. */
export function printLogs(home: string): void {
  for (const [index, name] of [...APP_NAMES, ...BACKING_NAMES].entries()) {
    const colour = COLOURS[index % COLOURS.length] ?? pc.cyan;
    followLog(join(home, 'logs', `${name}.log`), (line) => console.log(`${colour(name.padEnd(11))} ${line}`));
  }
}
