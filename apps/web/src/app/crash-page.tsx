import { Notice } from '../ui/notice.js';

/** Shown after an uncaught error. A reload also fetches the current build if a chunk of an old build no longer exists. */
export function CrashPage() {
  return (
    <main className="page">
      <Notice
        heading="This page stopped working"
        actions={
          <button type="button" className="button button-primary" onClick={() => location.reload()}>
            Reload the page
          </button>
        }
      >
        <p>An unexpected error occurred.</p>
      </Notice>
    </main>
  );
}
