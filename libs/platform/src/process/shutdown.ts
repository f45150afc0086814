/** Told to every part that works without being called: loops, long streams, timers. */
export class Shutdown {
  private readonly controller = new AbortController();

  /** Aborted once the process is asked to stop. */
  readonly signal: AbortSignal = this.controller.signal;

  begin(): void {
    this.controller.abort();
  }
}
