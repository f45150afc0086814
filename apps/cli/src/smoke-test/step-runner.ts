export interface FinishedStep {
  readonly name: string;
  readonly durationMs: number;
}

/** Runs named steps and prints one line with the duration of each. */
export class StepRunner {
  readonly finished: FinishedStep[] = [];
  /** The step in progress, or the last one. */
  current = 'start';

  constructor(private readonly print: (line: string) => void) {}

  /** Rejects with the error of `work`, after the line that names the failed step. */
  async run<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    this.current = name;
    const startedAt = performance.now();
    const durationMs = () => Math.round(performance.now() - startedAt);
    try {
      const result = await work();
      this.finished.push({ name, durationMs: durationMs() });
      this.print(`ok    ${name}  (${durationMs()} ms)`);
      return result;
    } catch (error) {
      this.print(`FAIL  ${name}  (${durationMs()} ms)`);
      throw error;
    }
  }

  /** Prints the progress of a long step. */
  logDetail(text: string): void {
    this.print(`      ${text}`);
  }
}
