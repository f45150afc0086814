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

/** Clients that pause between a response and their next request, so that a slow server hardly reduces the load. */
export type PacedOptions = WrkOptions & { readonly connections: number; readonly pauseMs: number };

export interface PacedResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Responses with 200. */
  readonly servedPerSecond: number;
  /** Responses with 200, or with 503 and `Retry-After`. */
  readonly servedOrRejected: number;
  /** Upper limit of the 99th percentile of the served requests: its value if each was slower than all rejected ones. */
  readonly servedP99Ms: number;
}

type Count = 'requests' | 'served' | 'rejected';
type Microseconds = 'p50' | 'p95' | 'p99' | 'servedP99' | 'duration';

/** The output of the script. */
interface ScriptResult extends Readonly<Record<Count | Microseconds, number>> {
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
  const { requests, duration, p50, p95, p99, errors } = await execute(options, 0);
  requireSuccess(options.url, errors);
  const requestsPerSecond = requests / (duration / 1e6);
  return { requests, requestsPerSecond, p50Ms: p50 / 1000, p95Ms: p95 / 1000, p99Ms: p99 / 1000 };
}

/**
 * Sends requests of many clients that pause. Their rate is the connections divided by the sum of pause and response time.
 *
 * @throws Error if a request has no response
 */
export async function runPacedWrk(options: PacedOptions): Promise<PacedResult> {
  const { requests, duration, served, rejected, servedP99, errors } = await execute(options, options.pauseMs);
  requireSuccess(options.url, { ...errors, status: 0 });
  const seconds = duration / 1e6;
  return {
    requests,
    requestsPerSecond: requests / seconds,
    servedPerSecond: served / seconds,
    servedOrRejected: served + rejected,
    servedP99Ms: servedP99 / 1000,
  };
}

async function execute(options: WrkOptions, pauseMs: number): Promise<ScriptResult> {
  const { url, offset = 0, seconds, connections = CONNECTIONS } = options;
  const folder = await mkdtemp(join(tmpdir(), 'viernes-wrk-'));
  try {
    const [script, requests] = [join(folder, 'load.lua'), join(folder, 'requests')];
    await writeFile(script, WRK_SCRIPT);
    await writeFile(requests, toRequests(options).join('\0'));
    const timing = ['--threads=1', `--connections=${connections}`, `--duration=${seconds}s`, '--timeout=10s'];
    const scriptArgs = [requests, String(offset), String(pauseMs), String(connections)];
    const { stdout } = await run('wrk', [...timing, `--script=${script}`, url, '--', ...scriptArgs]);
    const result = JSON.parse(stdout.slice(stdout.lastIndexOf('\n{'))) as ScriptResult;
    if (result.requests === 0) throw new Error(`${url}: no response`);
    return result;
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

function requireSuccess(url: string, errors: ScriptResult['errors']): void {
  const failed = Object.entries(errors).filter(([, count]) => count > 0);
  if (failed.length === 0) return;
  throw new Error(`${url}: failed requests: ${failed.map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
}
