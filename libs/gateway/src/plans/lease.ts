import { TokenBucket } from '@viernes/platform';
import { monthOf, type Month } from './month.js';
import type { Plan } from './plan.js';
import type { BudgetGrant, BudgetRequest } from './shared-budgets.js';

/** If no calls remain, a process requests some again after this time, because other replicas can return theirs. */
const QUOTA_RETRY_MS = 1_000;

/** The limit that rejects a request: `rate` until the next token, `quota` until the next month. */
export type Rejection = 'rate' | 'quota';

/** Requests of one caller that this process has taken from the shared budget, and not used yet. */
export class Lease {
  tokens = 0;
  calls = 0;
  /** Whether no request has arrived since the last sweep. */
  isIdle = false;
  /** Resolves when the request for more has finished. */
  refill: Promise<void> | undefined;
  private month: Month;
  /** Tokens that no process has leased, at the time of the last refill. */
  private remainingTokens: number;
  private usedCalls = 0;
  private refilledAtMs: number;
  /** The shared budget is not queried again before this time. */
  private tokensRetryAtMs = 0;
  private callsRetryAtMs = 0;
  /** Admitted while Valkey was unavailable, to be added to the shared count. */
  private uncountedCalls = 0;
  private bucket: TokenBucket | undefined;

  constructor(
    private readonly plan: Plan,
    private readonly size: number,
    nowMs: number,
  ) {
    this.month = monthOf(nowMs);
    this.remainingTokens = plan.burst;
    this.refilledAtMs = nowMs;
  }

  /**
   * @returns true if the request is admitted, the reason if it is rejected, or undefined if the shared budget must be
   *   queried
   */
  use(countsCall: boolean, nowMs: number): true | Rejection | undefined {
    this.isIdle = false;
    const needsCall = countsCall && this.plan.callsPerMonth !== undefined;
    // Calls of a month that has ended are void.
    if (needsCall && nowMs >= this.month.endsAtMs) return undefined;
    if (this.tokens < 1) return nowMs < this.tokensRetryAtMs ? 'rate' : undefined;
    if (needsCall && this.calls < 1) return nowMs < this.callsRetryAtMs ? 'quota' : undefined;
    this.tokens -= 1;
    if (needsCall) this.calls -= 1;
    return true;
  }

  /** Reverts `use`: another budget has rejected the request. */
  undo(countsCall: boolean): void {
    this.tokens += 1;
    if (countsCall && this.plan.callsPerMonth !== undefined) this.calls += 1;
  }

  isLow(nowMs: number): boolean {
    if (this.tokens < this.size / 2 && nowMs >= this.tokensRetryAtMs) return true;
    return this.plan.callsPerMonth !== undefined && this.calls < this.size / 2 && nowMs >= this.callsRetryAtMs;
  }

  /** Whether an idle lease must be returned. */
  get hasUnused(): boolean {
    return this.tokens > 0 || this.calls > 0 || this.uncountedCalls > 0;
  }

  /** Creates a request for a part of the shared budget. Starts a new month first if the previous one has ended. */
  toRefill(key: string, nowMs: number): BudgetRequest {
    const month = monthOf(nowMs);
    if (month.name !== this.month.name) {
      this.month = month;
      this.calls = this.usedCalls = this.uncountedCalls = 0;
      this.callsRetryAtMs = 0;
    }
    return {
      ...{ key, month, unusedTokens: 0, unusedCalls: -this.uncountedCalls, knownCalls: this.usedCalls },
      wantedTokens: this.tokens < this.size ? this.size : 0,
      wantedCalls: this.plan.callsPerMonth !== undefined && this.calls < this.size ? this.size : 0,
    };
  }

  /** Removes all tokens and calls from the lease, and returns the request that returns them to the shared budget. */
  toReturn(key: string): BudgetRequest {
    const request = {
      ...{ key, month: this.month, wantedTokens: 0, wantedCalls: 0, knownCalls: this.usedCalls },
      unusedTokens: this.tokens,
      unusedCalls: this.calls - this.uncountedCalls,
    };
    this.tokens = this.calls = this.uncountedCalls = 0;
    return request;
  }

  /** Reverts `toReturn`: Valkey is unavailable. */
  restore({ unusedTokens, unusedCalls }: BudgetRequest): void {
    this.tokens += unusedTokens;
    this.calls += Math.max(0, unusedCalls);
    this.uncountedCalls += Math.max(0, -unusedCalls);
  }

  add(request: BudgetRequest, grant: BudgetGrant, nowMs: number): void {
    this.bucket = undefined;
    this.addTokens(request.wantedTokens, grant, nowMs);
    this.uncountedCalls += request.unusedCalls;
    // The calls of a response that arrives after the month has ended are void.
    if (request.month.name !== this.month.name) return;
    this.calls += grant.calls;
    this.usedCalls = grant.usedCalls;
    if (request.wantedCalls > 0 && grant.calls === 0) this.callsRetryAtMs = nowMs + QUOTA_RETRY_MS;
  }

  /** Valkey is unavailable: the rate applies per process, and calls are counted later. */
  addLocally({ wantedTokens, wantedCalls }: BudgetRequest, nowMs: number): void {
    this.bucket ??= new TokenBucket(this.plan);
    this.addTokens(wantedTokens, this.bucket.take(wantedTokens, nowMs), nowMs);
    this.calls += wantedCalls;
    this.uncountedCalls += wantedCalls;
  }

  /** Tokens that a caller can use now, according to this process. */
  remaining(nowMs: number): number {
    const refilled = ((nowMs - this.refilledAtMs) * this.plan.rate) / 1_000;
    return Math.floor(Math.min(this.plan.burst, this.remainingTokens + refilled + this.tokens));
  }

  /** Calls of the month that remain, according to this process. */
  remainingCalls(): number {
    return Math.max(0, (this.plan.callsPerMonth ?? 0) - this.usedCalls - this.uncountedCalls) + this.calls;
  }

  retryAfterMs(rejection: Rejection, nowMs: number): number {
    if (rejection === 'quota') return this.month.endsAtMs - nowMs;
    const missing = 1 - this.remainingTokens;
    return Math.max(0, this.refilledAtMs + (missing * 1_000) / this.plan.rate - nowMs);
  }

  private addTokens(wanted: number, grant: { tokens: number; remainingTokens: number }, nowMs: number): void {
    this.tokens += grant.tokens;
    this.remainingTokens = grant.remainingTokens;
    this.refilledAtMs = nowMs;
    // The bucket is empty. Until it contains half a lease, this process rejects requests without querying Valkey.
    const missing = Math.max(1, this.size / 2) - grant.remainingTokens;
    this.tokensRetryAtMs = grant.tokens < wanted ? nowMs + (missing * 1_000) / this.plan.rate : 0;
  }
}
