/** Signals the shutdown of the process to loops, long streams, and timers. */
export class Shutdown {
  private readonly drainingController = new AbortController();
  private readonly controller = new AbortController();

  /** Aborts at SIGTERM. The process still accepts requests for DRAIN_DELAY_MS. */
  readonly draining: AbortSignal = this.drainingController.signal;

  /** Aborts after DRAIN_DELAY_MS: background work must stop. */
  readonly signal: AbortSignal = this.controller.signal;

  drain(): void {
    this.drainingController.abort();
  }

  begin(): void {
    this.drain();
    this.controller.abort();
  }
}
