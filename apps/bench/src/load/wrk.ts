import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toRequest } from './http-connection.js';
import { WRK_SCRIPT } from './wrk-script.js';

const run = promisify(execFile);

export type WrkOptions = WrkLoad & (WrkPaths | { readonly requests: readonly string[] });

/** GET requests. Other methods need complete `requests`, as `toRequest` returns them. */
interface WrkPaths {
  readonly paths: readonly string[];
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Sends requests one after the other, over all connections. */
interface WrkLoad {
  /** Origin of the server. */
  readonly url: string;
  /** Index of the first request. Default 0. */
  readonly offset?: number;
  readonly seconds: number;
  /** Default 16. */
  readonly connections?: number;
}

export interface WrkResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** The output of the script: counts, and times in microseconds. */
interface ScriptResult extends Readonly<Record<'p50' | 'p95' | 'p99' | 'duration' | 'requests', number>> {
  readonly errors: Readonly<Record<string, number>>;
}

const CONNECTIONS = 16;

/**
 * Sends requests as fast as the server responds. Uses wrk, because a generator in JavaScript would need more CPU time
 * than the measured server.
 *
 * @throws Error if a request failed, because failures are fast and would count as throughput
 */
export async function runWrk(options: WrkOptions): Promise<WrkResult> {
  const { url, offset = 0, seconds, connections = CONNECTIONS } = options;
  const folder = await mkdtemp(join(tmpdir(), 'viernes-wrk-'));
  try {
    const [script, requests] = [join(folder, 'load.lua'), join(folder, 'requests')];
    await writeFile(script, WRK_SCRIPT);
    await writeFile(requests, toRequests(options).join('\0'));
    const timing = ['--threads=1', `--connections=${connections}`, `--duration=${seconds}s`, '--timeout=10s'];
    const { stdout } = await run('wrk', [...timing, `--script=${script}`, url, '--', requests, String(offset)]);
    return toResult(url, JSON.parse(stdout.slice(stdout.lastIndexOf('\n{'))) as ScriptResult);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function toRequests(options: WrkOptions): readonly string[] {
  if ('requests' in options) return options.requests;
  const { url, paths, headers = {} } = options;
  const origin = new URL(url);
  return paths.map((path) => toRequest(origin, path, { headers }));
}

function toResult(url: string, { errors, duration, requests, p50, p95, p99 }: ScriptResult): WrkResult {
  const failed = Object.entries(errors).filter(([, count]) => count > 0);
  if (failed.length > 0) {
    throw new Error(`${url}: failed requests: ${failed.map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
  }
  if (requests === 0) throw new Error(`${url}: no response`);
  const requestsPerSecond = requests / (duration / 1e6);
  return { requests, requestsPerSecond, p50Ms: p50 / 1000, p95Ms: p95 / 1000, p99Ms: p99 / 1000 };
}
