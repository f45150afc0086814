import { Listr, type ListrTaskWrapper } from 'listr2';
import pc from 'picocolors';

type TaskHandle = ListrTaskWrapper<unknown, never, never>;

/** One line a part: waiting for something, ready at an address, or failed; with the seconds it took. */
export interface Board {
  waiting(part: string, text: string): void;
  ready(part: string, text: string): void;
  failed(part: string, text: string): void;
  /** Ends the live lines; what comes later is printed below. */
  close(): Promise<void>;
}

export function createBoard(parts: readonly string[], isLive: boolean): Board {
  return isLive ? liveBoard(parts) : plainBoard();
}

function secondsSince(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

function plainBoard(): Board {
  const startedAt = performance.now();
  const last = new Map<string, string>();
  const print = (part: string, text: string) => {
    if (last.get(part) === text) return;
    last.set(part, text);
    console.log(`${secondsSince(startedAt).padStart(7)}  ${part.padEnd(11)} ${text}`);
  };
  return {
    waiting: print,
    ready: (part, text) => print(part, `ready  ${text}`),
    failed: (part, text) => print(part, `failed  ${text}`),
    close: () => Promise.resolve(),
  };
}

function liveBoard(parts: readonly string[]): Board {
  const startedAt = performance.now();
  const tasks = new Map(
    parts.map((part) => [
      part,
      { ...Promise.withResolvers<void>(), part, handle: undefined as TaskHandle | undefined },
    ]),
  );
  const title = (part: string, text: string) => `${part.padEnd(11)} ${text}`;
  const list = new Listr(
    [...tasks.values()].map((task) => ({
      title: title(task.part, pc.dim('waiting')),
      task: (_: unknown, handle: unknown) => {
        task.handle = handle as TaskHandle;
        return task.promise;
      },
    })),
    // Ctrl-C is not its business: it would exit before anything is stopped.
    {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: { showErrorMessage: false },
    },
  );
  const running = list.run();
  const set = (part: string, text: string) => {
    const task = tasks.get(part);
    if (task?.handle !== undefined) task.handle.title = title(part, text);
    return task;
  };
  return {
    waiting: (part, text) => void set(part, pc.dim(text)),
    ready: (part, text) => set(part, `${text}  ${pc.dim(secondsSince(startedAt))}`)?.resolve(),
    failed: (part, text) => set(part, pc.red(text.split('\n')[0] ?? ''))?.reject(new Error(text)),
    async close() {
      for (const task of tasks.values()) task.resolve();
      await running;
    },
  };
}
