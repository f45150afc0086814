const RELOADED_KEY = 'viernes.reloaded-at';

/** A second failure within this time is not caused by a deployment. The error page then offers to reload. */
const RELOAD_INTERVAL_MS = 60_000;

/**
 * Reloads the app if a chunk of an old build no longer exists.
 *
 * @see https://vite.dev/guide/build#load-error-handling
 */
export function reloadOnceIfChunkIsGone(): void {
  addEventListener('vite:preloadError', (event) => {
    const reloadedAt = Number(sessionStorage.getItem(RELOADED_KEY) ?? 0);
    if (Date.now() - reloadedAt < RELOAD_INTERVAL_MS) return;
    sessionStorage.setItem(RELOADED_KEY, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
