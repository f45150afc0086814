import { t } from 'i18next';
import { toMessage } from '../api/problem-messages.js';
import { ROLES, useSession } from '../session/use-session.js';
import { SelectField } from '../ui/field.js';
import { changeRole, type Account } from './accounts.js';
import { PlanSelect } from './plan-select.js';
import { useAccountChange } from './use-account-change.js';

/** An account with its role and plan. Admins cannot change their own role. */
export function AccountRow({ account }: { readonly account: Account }) {
  const { id, email, role } = account;
  const state = useSession();
  const isOwn = state.status === 'signed-in' && state.session.account.id === id;
  const change = useAccountChange((next: Account['role']) => changeRole(id, next));
  return (
    <li>
      <span className="admin-email">
        {email}
        {isOwn ? <span className="tag">{t('admin.you')}</span> : null}
      </span>
      <SelectField
        label={t('admin.role', { email })}
        value={change.isPending ? change.variables : role}
        disabled={isOwn || change.isPending}
        onChange={({ target }) => change.mutate(target.value as Account['role'])}
      >
        {ROLES.map((each) => (
          <option key={each} value={each}>
            {t(`admin.${each}`)}
          </option>
        ))}
      </SelectField>
      <PlanSelect account={account} />
      <div role="status">
        {change.isSuccess ? <p>{t('admin.changed', { email, role: t(`admin.${change.data.role}`) })}</p> : null}
        {change.isError ? <p className="form-problem">{toMessage(change.error)}</p> : null}
      </div>
    </li>
  );
}
