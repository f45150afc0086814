import { t } from 'i18next';
import { Link } from 'react-router';
import { ForRole } from '../session/for-role.js';
import { useRequiredSession } from '../session/require-session.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { UsageReport } from './usage-report.js';

/** The usage of all accounts, for admins. */
export function AdminUsagePage() {
  return (
    <ForRole role="admin">
      <UsagePage heading={t('usage.heading')} back="/admin" backText={t('admin.heading')} />
    </ForRole>
  );
}

/** The usage of the user's own account. */
export function AccountUsagePage() {
  const { id } = useRequiredSession().account;
  return <UsagePage heading={t('usage.ownHeading')} back="/account" backText={t('account.heading')} accountId={id} />;
}

interface UsagePageProps {
  readonly heading: string;
  readonly back: string;
  readonly backText: string;
  readonly accountId?: string;
}

function UsagePage({ heading, back, backText, accountId }: UsagePageProps) {
  usePageTitle(heading);
  return (
    <div className="page usage-page">
      <Link to={back}>{backText}</Link>
      <h1>{heading}</h1>
      <UsageReport accountId={accountId} />
    </div>
  );
}
