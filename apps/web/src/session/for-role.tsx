import { t } from 'i18next';
import type { ReactNode } from 'react';
import { Notice, NoticeLink } from '../ui/notice.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { useHasRole } from './use-session.js';

const TEXTS = {
  editor: () => ({ heading: t('signIn.editorsOnly'), text: t('signIn.editorsOnlyText') }),
  admin: () => ({ heading: t('admin.adminsOnly'), text: t('admin.adminsOnlyText') }),
};

interface ForRoleProps {
  readonly role: keyof typeof TEXTS;
  readonly children: ReactNode;
}

/** Shows a page only to accounts with the rights of a role. Belongs inside RequireSession. */
export function ForRole({ role, children }: ForRoleProps) {
  const isAllowed = useHasRole(role);
  return isAllowed ? children : <RoleRequired role={role} />;
}

function RoleRequired({ role }: Pick<ForRoleProps, 'role'>) {
  const { heading, text } = TEXTS[role]();
  usePageTitle(heading);
  return (
    <div className="page">
      <Notice heading={heading} actions={<NoticeLink to="/">{t('app.goHome')}</NoticeLink>}>
        <p>{text}</p>
      </Notice>
    </div>
  );
}
