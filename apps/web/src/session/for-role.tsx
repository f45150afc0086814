import { t } from 'i18next';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Loading } from '../ui/loading.js';
import { Notice, NoticeLink } from '../ui/notice.js';
import { signInPath } from './return-path.js';
import { useHasRole, useSession } from './use-session.js';

const TEXTS = {
  editor: () => ({ heading: t('signIn.editorsOnly'), text: t('signIn.editorsOnlyText') }),
  admin: () => ({ heading: t('admin.adminsOnly'), text: t('admin.adminsOnlyText') }),
};

interface ForRoleProps {
  readonly role: keyof typeof TEXTS;
  readonly children: ReactNode;
}

/** Shows a page to accounts with the rights of a role only. Guests sign in first. */
export function ForRole({ role, children }: ForRoleProps) {
  const session = useSession();
  const isAllowed = useHasRole(role);
  const { pathname, search } = useLocation();
  if (session.status === 'unknown') return <Loading />;
  if (session.status === 'signed-out') return <Navigate to={signInPath(pathname + search)} replace />;
  if (isAllowed) return children;
  const { heading, text } = TEXTS[role]();
  return (
    <div className="page">
      <Notice heading={heading} actions={<NoticeLink to="/">{t('app.goHome')}</NoticeLink>}>
        <p>{text}</p>
      </Notice>
    </div>
  );
}
