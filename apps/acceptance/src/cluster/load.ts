import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { config } from '../config.js';

/** One request, and what its answer must be. */
export interface Step {
  /** What it is about, for the tables: "home", "media". */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What a good answer leaves out because somebody behind it was too slow: told apart from a failure. */
  readonly lackIn?: (text: string) => string | undefined;
}

export interface Sample {
  readonly visit: string;
  readonly name: string;
  /** When the answer was complete, or the failure known: epoch milliseconds. */
  readonly atMs: number;
  readonly durationMs: number;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly fault: string | undefined;
  readonly lack: string | undefined;
}

export type Ask = (step: Step) => Promise<string>;
export type Visit = readonly [name: string, go: (ask: Ask) => Promise<void>];

/** Ends a visit whose request failed: what would follow needs its answer. */
class VisitOver extends Error {}

const PATIENCE_MS = 20_000;
/** Bounds what piles up when answers stop coming; a visit that finds no room is not made, and told. */
const MOST_VISITS = 40;
const PAUSE_BETWEEN_STEPS_MS = 100;

/**
 * Visitors who come at a steady pace, however long the answers take. Each has a connection of its own for as long as it
 * stays, asks one thing after the other and never repeats a request: what fails is counted.
 */
export class SteadyLoad {
  readonly samples: Sample[] = [];
  /** Visits that were not made because too many were still under way. */
  crowdedOut = 0;
  private readonly under = new Set<Promise<void>>();
  private readonly pacing: Promise<void>;
  private isOver = false;

  private constructor(visits: readonly Visit[], visitsPerSecond: number) {
    this.pacing = this.pace(visits, 1000 / visitsPerSecond);
  }

  /** @param visits taken in turn */
  static start(visits: readonly Visit[], visitsPerSecond: number): SteadyLoad {
    return new SteadyLoad(visits, visitsPerSecond);
  }

  /** No more visits; those under way end as they would. */
  async stop(): Promise<readonly Sample[]> {
    this.isOver = true;
    await this.pacing;
    await Promise.all(this.under);
    return this.samples;
  }

  failures(): readonly Sample[] {
    return this.samples.filter(({ fault }) => fault !== undefined);
  }

  private async pace(visits: readonly Visit[], everyMs: number): Promise<void> {
    const startedAt = performance.now();
    for (let made = 0; !this.isOver; made += 1) {
      const visit = visits[made % visits.length];
      if (visit !== undefined && this.under.size < MOST_VISITS) this.begin(visit);
      else this.crowdedOut += 1;
      await sleep(Math.max(0, startedAt + (made + 1) * everyMs - performance.now()));
    }
  }

  private begin([name, go]: Visit): void {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let isFirst = true;
    const ask: Ask = async (step) => {
      if (!isFirst) await sleep(PAUSE_BETWEEN_STEPS_MS);
      isFirst = false;
      const { sample, text } = await measure(name, step, agent);
      this.samples.push(sample);
      if (sample.fault !== undefined) throw new VisitOver();
      return text;
    };
    const done = go(ask)
      .catch((error: unknown) => {
        if (error instanceof VisitOver) return;
        const nothing = { durationMs: 0, status: 0, lack: undefined };
        this.samples.push({ visit: name, name, atMs: Date.now(), ...nothing, fault: String(error) });
      })
      .finally(() => {
        agent.destroy();
        this.under.delete(done);
      });
    this.under.add(done);
  }
}

async function measure(visit: string, step: Step, agent: Agent): Promise<{ sample: Sample; text: string }> {
  const startedAt = performance.now();
  let status = 0;
  let text = '';
  let fault: string | undefined;
  let lack: string | undefined;
  try {
    ({ status, text } = await exchange(step, agent));
    if (status < 200 || status > 399) fault = `${status} ${text.slice(0, 300)}`;
    else lack = step.lackIn?.(text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    fault = `${code ?? ''} ${message}`.trim();
  }
  const durationMs = performance.now() - startedAt;
  return { sample: { visit, name: step.name, atMs: Date.now(), durationMs, status, fault, lack }, text };
}

// Not fetch: it repeats a request by itself when a kept connection was closed, and would hide what is to be counted.
function exchange(step: Step, agent: Agent): Promise<{ status: number; text: string }> {
  const { method, path, token, body, headers } = step;
  const payload = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, config.edgeUrl),
      {
        agent,
        method,
        signal: AbortSignal.timeout(PATIENCE_MS),
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
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  });
}
