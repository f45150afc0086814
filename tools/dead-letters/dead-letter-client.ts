import { setTimeout as sleep } from 'node:timers/promises';
import type { Service, State } from './arguments.ts';
import type { EdgeSettings } from './settings.ts';

/** As the edge shows it: see its OpenAPI document. */
export interface DeadLetter {
  readonly id: string;
  readonly service: Service;
  readonly consumer: string;
  readonly type: string;
  readonly key: string;
  readonly state: State;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly stackHash: string;
  readonly attempts: number;
  readonly parkedAt: string;
}

export type DeadLetterDetail = DeadLetter & Readonly<Record<string, unknown>>;

/** The edge said no, or nothing at all. Its message is for a person. */
export class EdgeError extends Error {
  readonly code: string;

  constructor(message: string, code: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

const ANSWER_TIMEOUT_MS = 15_000;
const PAGE_SIZE = 100;
const TOO_MANY_REQUESTS = 429;
const MOST_WAITS = 3;

/** The dead letters of a running platform, as its editor. */
export class DeadLetterClient {
  private readonly settings: EdgeSettings;
  private token: Promise<string> | undefined;

  private readonly onWait: (seconds: number) => void;

  /** @param onWait told when the edge asks to come back later */
  constructor(settings: EdgeSettings, onWait: (seconds: number) => void) {
    this.settings = settings;
    this.onWait = onWait;
  }

  /** All of them, those that failed last first. */
  async *list(service: Service, state: State | undefined): AsyncGenerator<DeadLetter> {
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = new URLSearchParams({ service, pageSize: String(PAGE_SIZE), cursor });
      if (state !== undefined) query.set('state', state);
      if (cursor === '') query.delete('cursor');
      const page: { deadLetters: DeadLetter[]; nextCursor: string | null } = await this.ask(
        'GET',
        `/v1/dead-letters?${query}`,
      );
      yield* page.deadLetters;
      cursor = page.nextCursor;
    }
  }

  /** @returns undefined where the service has none of this id */
  async find(service: Service, id: string): Promise<DeadLetterDetail | undefined> {
    try {
      return await this.ask<DeadLetterDetail>('GET', `/v1/dead-letters/${service}/${id}`);
    } catch (error) {
      if (error instanceof EdgeError && error.code === 'DEAD_LETTER_NOT_FOUND') return undefined;
      throw error;
    }
  }

  redrive({ service, id }: Pick<DeadLetter, 'service' | 'id'>): Promise<DeadLetter> {
    return this.ask('POST', `/v1/dead-letters/${service}/${id}/redrive`);
  }

  async drop({ service, id }: Pick<DeadLetter, 'service' | 'id'>): Promise<void> {
    await this.ask('DELETE', `/v1/dead-letters/${service}/${id}`);
  }

  private async ask<Answer>(method: string, path: string): Promise<Answer> {
    const token = await (this.token ??= this.signIn());
    return this.send<Answer>(method, path, { headers: { authorization: `Bearer ${token}` } });
  }

  private async signIn(): Promise<string> {
    const { email, password } = this.settings;
    const { accessToken } = await this.send<{ accessToken: string }>('POST', '/v1/sessions', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    return accessToken;
  }

  private async send<Answer>(method: string, path: string, init: RequestInit): Promise<Answer> {
    const url = new URL(path, this.settings.edgeUrl);
    for (let waits = 0; ; waits += 1) {
      const response = await fetch(url, { ...init, method, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).catch(
        (error: unknown) => {
          throw new EdgeError(`${url.origin} does not answer: ${reasonOf(error)}`, 'AWAY', error);
        },
      );
      const text = await response.text();
      if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as Answer;
      // Thousands of letters are more than the edge takes in a minute.
      const waitSeconds = response.status === TOO_MANY_REQUESTS ? Number(response.headers.get('retry-after')) : 0;
      if (waitSeconds <= 0 || waits === MOST_WAITS) throw refusal(`${method} ${path}`, response.status, text);
      this.onWait(waitSeconds);
      await sleep(waitSeconds * 1000);
    }
  }
}

function refusal(request: string, status: number, text: string): EdgeError {
  try {
    const { code, title, traceId } = JSON.parse(text) as { code: string; title: string; traceId: string };
    return new EdgeError(`${title} (${code}, ${request}, trace ${traceId})`, code);
  } catch {
    return new EdgeError(`${request} answered ${status}: is this address a Viernes edge?`, 'UNKNOWN');
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
