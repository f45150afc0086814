import { useMutation } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { toMessage } from '../api/problem-messages.js';
import { requestEmailVerification } from './accounts.js';

/** The email of the account, and whether it is verified. Sends the link again. */
export function EmailStatus({ account }: { readonly account: Schema<'Account'> }) {
  const resend = useMutation({ mutationFn: requestEmailVerification });
  const isVerified = account.emailVerifiedAt !== null;
  return (
    <>
      <p>
        {account.email} <span className="tag">{isVerified ? t('account.isVerified') : t('account.isNotVerified')}</span>
      </p>
      {isVerified ? null : (
        <button
          type="button"
          className="button button-quiet"
          disabled={resend.isPending || resend.isSuccess}
          onClick={() => resend.mutate()}
        >
          {t('account.resend')}
        </button>
      )}
      <div role="status">
        {resend.isSuccess ? <p>{t('account.mailSent')}</p> : null}
        {resend.isError ? <p className="form-problem">{toMessage(resend.error)}</p> : null}
      </div>
    </>
  );
}
