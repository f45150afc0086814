import { t } from 'i18next';
import { Notice } from '../ui/notice.js';

/** Shown after an uncaught error. If a chunk of an old build no longer exists, a reload fetches the current build. */
export function CrashPage() {
  return (
    <main className="page">
      <Notice
        heading={t('app.crashed')}
        actions={
          <button type="button" className="button button-primary" onClick={() => location.reload()}>
            {t('app.reload')}
          </button>
        }
      >
        <p>{t('app.crashedText')}</p>
      </Notice>
    </main>
  );
}
