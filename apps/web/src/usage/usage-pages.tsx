import { t } from 'i18next';
import { Link, Navigate } from 'react-router';
import { ForRole } from '../session/for-role.js';
import { useSession } from '../session/use-session.js';
import { Loading } from '../ui/loading.js';
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

/** The usage of the own account. */
export function AccountUsagePage() {
  const state = useSession();
  if (state.status === 'unknown') return <Loading />;
  if (state.status === 'signed-out') return <Navigate to="/sign-in?return=/account/usage" replace />;
  const { id } = state.session.account;
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
    <div className="page">
      <Link to={back}>{backText}</Link>
      <h1>{heading}</h1>
      <UsageReport accountId={accountId} />
    </div>
  );
}
