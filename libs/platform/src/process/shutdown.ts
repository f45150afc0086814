/** Told to every part that works without being called: loops, long streams, timers. */
export class Shutdown {
  private readonly drainingController = new AbortController();
  private readonly controller = new AbortController();

  /** Aborted at SIGTERM. For DRAIN_DELAY_MS from then on requests still come, and are to be answered. */
  readonly draining: AbortSignal = this.drainingController.signal;

  /** Aborted once that is over: what goes on by itself ends, nothing new begins. */
  readonly signal: AbortSignal = this.controller.signal;

  drain(): void {
    this.drainingController.abort();
  }

  begin(): void {
    this.drain();
    this.controller.abort();
  }
}
