import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cluster } from './cluster-config.js';

/** Tells a measured figure to who watches the run, and keeps it in the run's reports. */
export function report(line: string): void {
  process.stderr.write(`    ${line}\n`);
  mkdirSync(cluster.reportFolder, { recursive: true });
  appendFileSync(join(cluster.reportFolder, 'figures.txt'), `${line}\n`);
}

/** Keeps a graph of the run. */
export function keepGraph(fileName: string, svg: string): void {
  mkdirSync(cluster.reportFolder, { recursive: true });
  writeFileSync(join(cluster.reportFolder, fileName), svg);
}

/** Starts a clock; each call tells the seconds since, with one decimal. */
export function stopwatch(): () => string {
  const startedAt = performance.now();
  return () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
