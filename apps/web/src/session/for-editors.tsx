import { t } from 'i18next';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Loading } from '../ui/loading.js';
import { Notice, NoticeLink } from '../ui/notice.js';
import { signInPath } from './return-path.js';
import { useIsEditor, useSession } from './use-session.js';

/** Shows a page to editors only. Guests sign in first. */
export function ForEditors({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const isEditor = useIsEditor();
  const { pathname, search } = useLocation();
  if (session.status === 'unknown') return <Loading />;
  if (session.status === 'signed-out') return <Navigate to={signInPath(pathname + search)} replace />;
  return isEditor ? children : <EditorsOnly />;
}

function EditorsOnly() {
  return (
    <div className="page">
      <Notice heading={t('signIn.editorsOnly')} actions={<NoticeLink to="/">{t('app.goHome')}</NoticeLink>}>
        <p>{t('signIn.editorsOnlyText')}</p>
      </Notice>
    </div>
  );
}
