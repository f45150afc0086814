/** Counts handled events, and resolves promises for a number of them or for a certain one. */
export class Arrivals {
  readonly #waiting = new Map<string, () => void>();
  #count = 0;
  #expectedCount = 0;
  #resolve: (() => void) | undefined;

  add(name: string): void {
    this.#count += 1;
    if (this.#count >= this.#expectedCount) this.#resolve?.();
    this.#waiting.get(name)?.();
    this.#waiting.delete(name);
  }

  /** Resolves after `more` further arrivals. Call it before the events are sent. */
  expect(more: number): Promise<void> {
    this.#expectedCount = this.#count + more;
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Resolves when the event of this name arrives. Call it before the event is sent. */
  waitFor(name: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(name, resolve);
    });
  }
}
