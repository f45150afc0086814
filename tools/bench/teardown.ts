/** What has to be undone at the end, last thing first; once, whoever asks. */
export class Teardown {
  readonly #undos: (() => unknown)[] = [];
  #running: Promise<void> | undefined;

  add(undo: () => unknown): void {
    this.#undos.push(undo);
  }

  run(): Promise<void> {
    this.#running ??= (async () => {
      for (const undo of this.#undos.splice(0).toReversed()) await undo();
    })();
    return this.#running;
  }
}
