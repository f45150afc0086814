import { useInfiniteQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { toMessage } from '../api/problem-messages.js';
import { formatMoment } from '../language/format.js';
import { CURSOR_PAGES } from '../ui/cursor-pages.js';
import { NextPageButton } from '../ui/next-page-button.js';
import { ACCOUNT_QUERIES } from './accounts.js';
import { toDeviceName } from './device-text.js';
import { listSecurityEvents } from './devices.js';

/** Sign-ins, rejected passwords and changes of the account, newest first. */
export function SecurityEvents() {
  const pages = useInfiniteQuery({
    queryKey: [...ACCOUNT_QUERIES, 'security-events'],
    queryFn: ({ pageParam, signal }) => listSecurityEvents(pageParam, signal),
    ...CURSOR_PAGES,
  });
  const { data, error } = pages;
  const events = data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <section aria-labelledby="account-activity">
      <h2 id="account-activity">{t('securityEvents.heading')}</h2>
      {error ? <p className="form-problem">{toMessage(error)}</p> : null}
      <ol className="account-list">
        {events.map(({ id, kind, occurredAt, address, device }) => (
          <li key={id}>
            <div>
              <strong>{t(`securityEvents.${kind}`)}</strong>
              <p className="account-note">
                <time dateTime={occurredAt}>{formatMoment(occurredAt)}</time> · {toDeviceName(device)}
                {address === null ? null : <> · {address}</>}
              </p>
            </div>
          </li>
        ))}
      </ol>
      <NextPageButton pages={pages} text={t('securityEvents.earlier')} />
    </section>
  );
}
