/** Counts what arrives, and tells when so many have. */
export class Arrivals {
  #count = 0;
  #wanted = 0;
  #tell: (() => void) | undefined;

  add(): void {
    this.#count += 1;
    if (this.#count >= this.#wanted) this.#tell?.();
  }

  /** Settles at the `more`-th arrival from now; call it before anything can arrive. */
  expect(more: number): Promise<void> {
    this.#wanted = this.#count + more;
    return new Promise((resolve) => {
      this.#tell = resolve;
    });
  }
}
