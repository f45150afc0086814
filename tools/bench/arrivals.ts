/** Counts what arrives, and tells when so many have, or when a certain one has. */
export class Arrivals {
  readonly #awaited = new Map<string, () => void>();
  #count = 0;
  #wanted = 0;
  #tell: (() => void) | undefined;

  add(name: string): void {
    this.#count += 1;
    if (this.#count >= this.#wanted) this.#tell?.();
    this.#awaited.get(name)?.();
    this.#awaited.delete(name);
  }

  /** Settles at the `more`-th arrival from now; call it before anything can arrive. */
  expect(more: number): Promise<void> {
    this.#wanted = this.#count + more;
    return new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  /** Settles when the one of that name arrives; call it before it can. */
  of(name: string): Promise<void> {
    return new Promise((resolve) => {
      this.#awaited.set(name, resolve);
    });
  }
}
