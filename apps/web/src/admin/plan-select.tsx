import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { toMessage } from '../api/problem-messages.js';
import { SelectField } from '../ui/field.js';
import { changePlan, listPlans, type Account } from './accounts.js';
import { useAccountChange } from './use-account-change.js';

/** The plan of an account, which limits its requests. */
export function PlanSelect({ account: { id, email, plan } }: { readonly account: Account }) {
  const { data: plans = [] } = useQuery({ queryKey: ['plans'], queryFn: ({ signal }) => listPlans(signal) });
  const change = useAccountChange((next: string) => changePlan(id, next));
  return (
    <>
      <SelectField
        label={t('admin.plan', { email })}
        value={change.isPending ? change.variables : plan}
        disabled={change.isPending || plans.length === 0}
        onChange={({ target }) => change.mutate(target.value)}
      >
        {/* The edge does not list the current plan if an operator has removed it. */}
        {[...new Set([...plans, plan])].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </SelectField>
      <div role="status">
        {change.isSuccess ? <p>{t('admin.planChanged', { email, plan: change.data.plan })}</p> : null}
        {change.isError ? <p className="form-problem">{toMessage(change.error)}</p> : null}
      </div>
    </>
  );
}
