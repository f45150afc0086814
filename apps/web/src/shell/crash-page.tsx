import { Notice } from './notice.js';

/** A fault of our own. A new load also fetches the newest build, should an old page have asked for a chunk that is gone. */
export function CrashPage() {
  return (
    <main className="page">
      <Notice
        heading="The film tore"
        actions={
          <button type="button" className="button button-primary" onClick={() => location.reload()}>
            Load the page again
          </button>
        }
      >
        <p>Something went wrong on this page.</p>
      </Notice>
    </main>
  );
}
