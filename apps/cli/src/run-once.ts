/**
 * A whole process that does one thing: its exit code is 0 where `work` did it, else 1 after the reason in one line.
 *
 * @param work given a signal that aborts when the process is asked to stop; as the first process of a container it would
 *   otherwise get none
 */
export async function runOnce(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () => stopping.abort(new Error(`stopped by ${name}`)));
  }
  try {
    await work(stopping.signal);
  } catch (error) {
    const reason: unknown = stopping.signal.aborted ? stopping.signal.reason : error;
    console.error(reason instanceof Error ? reason.message : reason);
    process.exit(1);
  }
}
