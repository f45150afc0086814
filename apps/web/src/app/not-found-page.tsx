import { t } from 'i18next';
import { Notice, NoticeLink } from '../ui/notice.js';
import { usePageTitle } from '../ui/use-page-title.js';

export function NotFoundPage() {
  usePageTitle(t('app.notFound'));
  return (
    <div className="page">
      <Notice heading={t('app.notFound')} actions={<NoticeLink to="/">{t('app.goHome')}</NoticeLink>}>
        <p>{t('app.notFoundText')}</p>
      </Notice>
    </div>
  );
}
