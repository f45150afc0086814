import { readFileSync } from 'node:fs';

/** npm and its shell forward a Ctrl-C that the terminal has also sent: signals within this time count as one. */
const SAME_SIGNAL_MS = 700;
const PARENT_CHECK_MS = 500;

/**
 * Calls `onStop` on the first SIGINT, SIGTERM or SIGHUP, and `onKill` on the next one, which exits by default.
 * The exit of npm counts as a signal: after `kill -9` of npm, no terminal could stop this process.
 */
export function onSignals(onStop: () => void, onKill: () => void = () => process.exit(130)): void {
  let firstAt: number | undefined;
  const handle = () => {
    const now = Date.now();
    if (firstAt === undefined) {
      firstAt = now;
      onStop();
    } else if (now - firstAt > SAME_SIGNAL_MS) onKill();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handle);
  if (process.env['npm_lifecycle_event'] !== undefined) onParentExit(handle);
}

/** Returns an AbortSignal that the first SIGINT, SIGTERM or SIGHUP aborts. The next one exits the process. */
export function abortOnSignals(): AbortSignal {
  const aborting = new AbortController();
  onSignals(() => aborting.abort());
  return aborting.signal;
}

function onParentExit(handle: () => void): void {
  const parents = parentIds();
  const timer = setInterval(() => {
    if (parentIds() === parents) return;
    clearInterval(timer);
    handle();
  }, PARENT_CHECK_MS);
  timer.unref();
}

/** IDs of the parent and its parent: npm runs scripts through a shell, which can outlive npm. */
function parentIds(): string {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(process.ppid);
  }
}
