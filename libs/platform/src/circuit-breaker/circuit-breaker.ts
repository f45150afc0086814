export type CircuitState = 'closed' | 'open' | 'half-open';

export interface CircuitBreakerOptions {
  /** The breaker stays closed while the window has fewer calls. */
  readonly minimumCalls: number;
  /** Fraction of failed calls, 0 to 1, at which the breaker opens. */
  readonly failureRate: number;
  readonly windowMs: number;
  /** How long an open breaker rejects all calls. After that, it admits one call at a time as a probe. */
  readonly openMs: number;
  /** Successful probes after which the breaker closes. */
  readonly probes: number;
}

export const DEFAULT_CIRCUIT: CircuitBreakerOptions = {
  minimumCalls: 20,
  failureRate: 0.5,
  windowMs: 5_000,
  openMs: 1_000,
  probes: 3,
};

/**
 * The outcome of a call. `unknown`: neither success nor failure of the service, such as a call that its caller
 * canceled.
 */
export type CallOutcome = 'success' | 'failure' | 'unknown';

/**
 * Rejects calls to a service that fails, so that callers fail immediately, and the service receives no more load than the
 * probes while it recovers.
 *
 * @see Nygard, Release It!, 2nd edition, section 5.2
 */
export class CircuitBreaker {
  private current: CircuitState = 'closed';
  private windowEndsAt: number;
  private calls = 0;
  private failures = 0;
  private openUntil = 0;
  private isProbing = false;
  private successfulProbes = 0;

  /** @param now returns milliseconds of a monotonic clock */
  constructor(
    private readonly options: CircuitBreakerOptions = DEFAULT_CIRCUIT,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.windowEndsAt = this.now() + options.windowMs;
  }

  get state(): CircuitState {
    return this.current;
  }

  /** @returns a function that must be called once with the outcome, or undefined if the call must not be made */
  tryCall(): ((outcome: CallOutcome) => void) | undefined {
    if (this.current === 'open' && this.now() >= this.openUntil) this.halfOpen();
    if (this.current === 'closed') return (outcome) => this.count(outcome);
    if (this.current === 'open' || this.isProbing) return undefined;
    this.isProbing = true;
    return (outcome) => this.finishProbe(outcome);
  }

  /** A call that was admitted before the breaker opened does not change the result of the probes. */
  private count(outcome: CallOutcome): void {
    if (this.current !== 'closed' || outcome === 'unknown') return;
    if (this.now() >= this.windowEndsAt) this.startWindow();
    this.calls += 1;
    if (outcome === 'failure') this.failures += 1;
    const { minimumCalls, failureRate } = this.options;
    if (this.calls >= minimumCalls && this.failures >= this.calls * failureRate) this.open();
  }

  private finishProbe(outcome: CallOutcome): void {
    this.isProbing = false;
    if (outcome === 'failure') this.open();
    else if (outcome === 'success' && ++this.successfulProbes >= this.options.probes) this.close();
  }

  private open(): void {
    this.current = 'open';
    this.openUntil = this.now() + this.options.openMs;
  }

  private halfOpen(): void {
    this.current = 'half-open';
    this.successfulProbes = 0;
  }

  private close(): void {
    this.current = 'closed';
    this.startWindow();
  }

  private startWindow(): void {
    this.calls = 0;
    this.failures = 0;
    this.windowEndsAt = this.now() + this.options.windowMs;
  }
}
