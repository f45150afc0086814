import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cluster } from './cluster-config.js';

/** Prints a measurement and appends it to the report of the run. */
export function report(line: string): void {
  process.stderr.write(`    ${line}\n`);
  mkdirSync(cluster.reportFolder, { recursive: true });
  appendFileSync(join(cluster.reportFolder, 'measurements.txt'), `${line}\n`);
}

/** Stores a graph in the report of the run. */
export function saveGraph(fileName: string, svg: string): void {
  mkdirSync(cluster.reportFolder, { recursive: true });
  writeFileSync(join(cluster.reportFolder, fileName), svg);
}

/** Starts a timer. Each call returns the elapsed time in seconds with one decimal. */
export function stopwatch(): () => string {
  const startedAt = performance.now();
  return () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
