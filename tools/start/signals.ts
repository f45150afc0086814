// npm, its shell and the bootstrap each pass on one Ctrl-C at the terminal: what comes this close is the same one.
const SAME_SIGNAL_MS = 700;

/** Calls `onStop` at the first SIGINT, SIGTERM or SIGHUP, and `onKill` at the next. */
export function onSignals(onStop: () => void, onKill: () => void): void {
  let firstAt: number | undefined;
  const handle = () => {
    const now = Date.now();
    if (firstAt === undefined) {
      firstAt = now;
      onStop();
    } else if (now - firstAt > SAME_SIGNAL_MS) onKill();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handle);
}
