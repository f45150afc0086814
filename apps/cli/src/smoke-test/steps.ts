/** Names each step and how long it took, a line each, and stops at the first that fails. */
export class Steps {
  private count = 0;
  private current = 'start';

  constructor(private readonly print: (line: string) => void) {}

  /** Rejects with what `work` rejects with, after the line that names the step. */
  async run<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    this.current = name;
    const startedAt = performance.now();
    try {
      const result = await work();
      this.count += 1;
      this.print(`ok    ${name}  (${Math.round(performance.now() - startedAt)} ms)`);
      return result;
    } catch (error) {
      this.print(`FAIL  ${name}  (${Math.round(performance.now() - startedAt)} ms)`);
      throw error;
    }
  }

  /** What a long step is at. */
  tell(text: string): void {
    this.print(`      ${text}`);
  }

  get done(): number {
    return this.count;
  }

  /** The step at work, or the last one. */
  get at(): string {
    return this.current;
  }
}
