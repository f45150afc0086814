import { t } from 'i18next';
import { Link } from 'react-router';
import { SessionCard } from '../session/session-card.js';

export function AccountDeletedPage() {
  return (
    <SessionCard heading={t('accountDeletion.done')} lead={t('accountDeletion.doneText')}>
      <Link className="button button-primary button-wide" to="/">
        {t('app.goHome')}
      </Link>
    </SessionCard>
  );
}
