import { Listr, type ListrTaskWrapper } from 'listr2';
import pc from 'picocolors';

type TaskHandle = ListrTaskWrapper<unknown, never, never>;

export type Board = ReturnType<typeof createBoard>;

/**
 * Shows one line for each step: waiting, ready, or failed.
 *
 * @param isLive whether to update the lines in place; otherwise, each change is a new line
 */
export function createBoard(steps: readonly string[], isLive: boolean) {
  const startedAt = performance.now();
  const tasks = new Map(
    steps.map((step) => [step, { ...Promise.withResolvers<void>(), handle: undefined as TaskHandle | undefined }]),
  );
  const toTitle = (step: string, text: string) => `${step.padEnd(11)} ${text}`;
  const list = new Listr(
    [...tasks].map(([step, task]) => ({
      title: toTitle(step, pc.dim('waiting')),
      task: (_: unknown, handle: unknown) => {
        task.handle = handle as TaskHandle;
        return task.promise;
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      // Otherwise, Ctrl-C would exit before anything is stopped.
      registerSignalListeners: false,
      rendererOptions: { showErrorMessage: false },
      fallbackRenderer: 'verbose',
      fallbackRendererCondition: () => !isLive,
      fallbackRendererOptions: { logTitleChange: true },
    },
  );
  const running = list.run();
  const show = (step: string, text: string) => {
    const task = tasks.get(step);
    if (task?.handle !== undefined) task.handle.title = toTitle(step, text);
    return task;
  };
  return {
    waiting: (step: string, text: string) => void show(step, pc.dim(text)),
    ready: (step: string, text: string) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      show(step, `${text}  ${pc.dim(`${seconds} s`)}`)?.resolve();
    },
    failed: (step: string, text: string) => show(step, pc.red(text.split('\n')[0] ?? ''))?.reject(new Error(text)),
    /** Ends the list, with unfinished steps as skipped. Later output is printed below. */
    async close() {
      for (const task of tasks.values()) {
        if (task.handle?.task.isPending()) task.handle.skip();
        task.resolve();
      }
      await running;
    },
  };
}
