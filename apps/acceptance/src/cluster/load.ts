import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { config } from '../config.js';
import { stopAfterTest } from './background-work.js';

/** One request of a visit. */
export interface Step {
  /** Kind of request in the report: "home", "media". */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Returns what a successful response omits because a service is unavailable. */
  readonly findDegradation?: (text: string) => string | undefined;
}

export interface Sample {
  readonly visit: string;
  readonly name: string;
  /** When the response was complete or the request failed: epoch milliseconds. */
  readonly atMs: number;
  readonly durationMs: number;
  /** 0 without a response. */
  readonly status: number;
  readonly failure: string | undefined;
  readonly degradation: string | undefined;
}

export type Send = (step: Step) => Promise<string>;
export type Visit = readonly [name: string, run: (send: Send) => Promise<void>];

/** Ends a visit after a failed request, because the next request needs its response. */
class RequestFailedError extends Error {}

const TIMEOUT_MS = 20_000;
/** Limits concurrent visits when responses are slow. Further visits are skipped and counted. */
const MAX_VISITS = 40;
const PAUSE_BETWEEN_STEPS_MS = 100;

/**
 * Starts visits at a constant rate, independent of response times. Each visit has a separate connection, sends its requests
 * sequentially, and never retries, so that every failure counts.
 */
export class SteadyLoad {
  readonly samples: Sample[] = [];
  /** Visits that were skipped because too many were in progress. */
  skippedVisits = 0;
  private readonly inProgress = new Set<Promise<void>>();
  private readonly pacing: Promise<void>;
  private isStopped = false;

  private constructor(visits: readonly Visit[], visitsPerSecond: number) {
    this.pacing = this.pace(visits, 1000 / visitsPerSecond);
  }

  /** @param visits started in rotation */
  static start(visits: readonly Visit[], visitsPerSecond: number): SteadyLoad {
    return stopAfterTest(new SteadyLoad(visits, visitsPerSecond));
  }

  /** Starts no further visits and waits for those in progress. */
  async stop(): Promise<readonly Sample[]> {
    this.isStopped = true;
    await this.pacing;
    await Promise.all(this.inProgress);
    return this.samples;
  }

  failures(): readonly Sample[] {
    return this.samples.filter(({ failure }) => failure !== undefined);
  }

  private async pace(visits: readonly Visit[], intervalMs: number): Promise<void> {
    const startedAt = performance.now();
    for (let started = 0; !this.isStopped; started += 1) {
      const visit = visits[started % visits.length];
      if (visit !== undefined && this.inProgress.size < MAX_VISITS) this.begin(visit);
      else this.skippedVisits += 1;
      await sleep(Math.max(0, startedAt + (started + 1) * intervalMs - performance.now()));
    }
  }

  private begin([name, run]: Visit): void {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let isFirst = true;
    const send: Send = async (step) => {
      if (!isFirst) await sleep(PAUSE_BETWEEN_STEPS_MS);
      isFirst = false;
      const { sample, text } = await measure(name, step, agent);
      this.samples.push(sample);
      if (sample.failure !== undefined) throw new RequestFailedError();
      return text;
    };
    const done = run(send)
      .catch((error: unknown) => {
        if (error instanceof RequestFailedError) return;
        const empty = { durationMs: 0, status: 0, degradation: undefined };
        this.samples.push({ visit: name, name, atMs: Date.now(), ...empty, failure: String(error) });
      })
      .finally(() => {
        agent.destroy();
        this.inProgress.delete(done);
      });
    this.inProgress.add(done);
  }
}

async function measure(visit: string, step: Step, agent: Agent): Promise<{ sample: Sample; text: string }> {
  const startedAt = performance.now();
  let status = 0;
  let text = '';
  let failure: string | undefined;
  let degradation: string | undefined;
  try {
    const response = await sendOnce(step, agent);
    ({ status, text } = response);
    if (status < 200 || status > 399) failure = `${status} retry-after=${response.retryAfter} ${text.slice(0, 300)}`;
    else degradation = step.findDegradation?.(text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    failure = `${code ?? ''} ${message}`.trim();
  }
  const durationMs = performance.now() - startedAt;
  return { sample: { visit, name: step.name, atMs: Date.now(), durationMs, status, failure, degradation }, text };
}

interface LoadResponse {
  readonly status: number;
  readonly text: string;
  /** Seconds in the header `Retry-After`, or `none`. */
  readonly retryAfter: string;
}

// Not fetch, which silently retries a request on a closed keep-alive connection.
function sendOnce(step: Step, agent: Agent): Promise<LoadResponse> {
  const { method, path, token, body, headers } = step;
  const payload = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, config.edgeUrl),
      {
        agent,
        method,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(payload !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(payload),
          }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode: status = 0 } = response;
          const retryAfter = response.headers['retry-after'] ?? 'none';
          resolve({ status, text: Buffer.concat(chunks).toString(), retryAfter });
        });
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  });
}
