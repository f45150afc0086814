import { setTimeout as sleep } from 'node:timers/promises';
import { wordsOf, type Kubernetes } from './kubernetes.ts';
import { podList, progressOf, type Progress, type WaitingPod } from './pods.ts';
import { OURS } from './release.ts';

const POLL_MS = 2_000;
const LOG_LINES = 12;
const EVENTS = 4;
// More than that is seldom read: most share one cause.
const TOLD = 4;

/** Looks at the pods while helm waits for them, and remembers what was wrong: a rollback takes the pods away. */
export class InstallWatch {
  private readonly kubernetes: Kubernetes;
  private readonly onProgress: (progress: Progress) => void;
  private readonly ending = new AbortController();
  private readonly details = new Map<string, string>();
  private last: Progress | undefined;
  private readonly watching: Promise<void>;

  constructor(kubernetes: Kubernetes, onProgress: (progress: Progress) => void) {
    this.kubernetes = kubernetes;
    this.onProgress = onProgress;
    this.watching = this.watch();
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.watching;
  }

  /** What a person needs to know of the pods that did not get ready: reason, events, last lines of the log. */
  async report(): Promise<string> {
    for (const pod of this.last?.waiting ?? []) await this.remember(pod);
    const causes = [...Map.groupBy(this.details, ([, text]) => text)].map(([text, those]) => {
      const names = those.map(([name]) => name);
      const more = names.length > TOLD ? ` and ${names.length - TOLD} more` : '';
      return `${names.slice(0, TOLD).join(', ')}${more}: ${text}`;
    });
    return causes.slice(0, TOLD).join('\n\n');
  }

  private async watch(): Promise<void> {
    while (!this.ending.signal.aborted) {
      await this.look().catch(() => undefined);
      await sleep(POLL_MS, undefined, { signal: this.ending.signal }).catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    const progress = progressOf(await this.kubernetes.get(podList, ['pods', '--selector', OURS]));
    this.last = progress;
    this.onProgress(progress);
    for (const pod of progress.waiting) if (pod.isTrouble && !this.details.has(pod.name)) await this.remember(pod);
  }

  private async remember({ name, reason }: WaitingPod): Promise<void> {
    const field = `involvedObject.name=${name},type=Warning`;
    const template = 'jsonpath={range .items[*]}{.message}{"\\n"}{end}';
    const events = await this.lines(['get', 'events', '--field-selector', field, '--output', template], EVENTS);
    const log = ['logs', name, '--all-containers', `--tail=${LOG_LINES}`];
    const previous = await this.lines([...log, '--previous'], LOG_LINES);
    const lines = previous.length > 0 ? previous : await this.lines(log, LOG_LINES);
    const parts = [...events.map((event) => `event  ${event}`), ...lines.map((line) => `log    ${line}`)];
    this.details.set(name, [reason, ...parts.map((part) => `  ${part}`)].join('\n'));
  }

  private async lines(args: readonly string[], most: number): Promise<readonly string[]> {
    const { exitCode, stdout } = await this.kubernetes.kubectl(args, { reject: false }).catch((error: unknown) => ({
      exitCode: 1,
      stdout: wordsOf(error),
    }));
    return exitCode === 0
      ? [...new Set(stdout.split('\n').map((line) => line.trimEnd()))].filter((line) => line !== '').slice(-most)
      : [];
  }
}
