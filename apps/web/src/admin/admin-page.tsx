import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { queryLimits } from '@viernes/api-client';
import { t } from 'i18next';
import { useState } from 'react';
import { Link } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { useSearchText } from '../browse/use-search-text.js';
import { ForRole } from '../session/for-role.js';
import { TextField } from '../ui/field.js';
import { CURSOR_PAGES } from '../ui/cursor-pages.js';
import { NextPageButton } from '../ui/next-page-button.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { AccountRow } from './account-row.js';
import { listAccounts } from './accounts.js';
import './admin.css';

export function AdminPage() {
  return (
    <ForRole role="admin">
      <Accounts />
    </ForRole>
  );
}

/** Finds accounts by email, and changes their roles. */
function Accounts() {
  usePageTitle(t('admin.heading'));
  const [email, setEmail] = useState('');
  const { text, setText } = useSearchText({ query: email, onQuery: setEmail });
  const pages = useInfiniteQuery({
    queryKey: ['accounts', email],
    queryFn: ({ pageParam, signal }) => listAccounts(email, pageParam, signal),
    ...CURSOR_PAGES,
    // Rows that the next search also finds stay mounted, with the message about a changed role or plan.
    placeholderData: keepPreviousData,
  });
  const { data, error, isFetching } = pages;
  const accounts = data?.pages.flatMap((page) => page.accounts) ?? [];
  return (
    <div className="page admin">
      <h1>{t('admin.heading')}</h1>
      <p>{t('admin.lead')}</p>
      <Link to="/admin/usage">{t('usage.heading')}</Link>
      <TextField
        label={t('admin.searchEmail')}
        value={text}
        autoComplete="off"
        maxLength={queryLimits.listAccounts.email.maxLength}
        onChange={({ target }) => setText(target.value)}
      />
      {error ? <p className="form-problem">{toMessage(error)}</p> : null}
      <ul className="admin-accounts" aria-label={t('admin.heading')} aria-busy={isFetching}>
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
      </ul>
      {data && accounts.length === 0 ? <p className="field-hint">{t('admin.none')}</p> : null}
      <NextPageButton pages={pages} text={t('admin.more')} />
    </div>
  );
}
