import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { useRef } from 'react';
import { toMessage } from '../api/problem-messages.js';
import { formatMoment } from '../language/format.js';
import { ACCOUNT_QUERIES } from './accounts.js';
import { toDeviceName } from './device-text.js';
import { listDevices, signOutDevice, signOutOtherDevices } from './devices.js';

/** The devices that are signed in. Signs out one, or all others. */
export function DeviceList() {
  const queries = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data: devices = [], error } = useQuery({
    queryKey: [...ACCOUNT_QUERIES, 'devices'],
    queryFn: ({ signal }) => listDevices(signal),
    staleTime: 0,
  });
  const signOut = useMutation({
    mutationFn: (id: string | undefined) => (id === undefined ? signOutOtherDevices() : signOutDevice(id)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ACCOUNT_QUERIES });
      // The button that had the focus no longer exists.
      heading.current?.focus();
    },
  });
  const problem = error ?? signOut.error;
  return (
    <section aria-labelledby="account-devices">
      <h2 id="account-devices" ref={heading} tabIndex={-1}>
        {t('devices.heading')}
      </h2>
      <ul className="account-list">
        {devices.map((device) => (
          <Device
            key={device.id}
            device={device}
            isBusy={signOut.isPending}
            onSignOut={() => signOut.mutate(device.id)}
          />
        ))}
      </ul>
      {devices.length > 1 ? (
        <button
          type="button"
          className="button button-quiet"
          disabled={signOut.isPending}
          onClick={() => signOut.mutate(undefined)}
        >
          {t('devices.signOutOthers')}
        </button>
      ) : null}
      <div role="status">
        {signOut.isSuccess ? <p>{t(signOut.variables ? 'devices.signedOut' : 'devices.othersSignedOut')}</p> : null}
        {problem ? <p className="form-problem">{toMessage(problem)}</p> : null}
      </div>
    </section>
  );
}

interface DeviceProps {
  readonly device: Schema<'ActiveSession'>;
  readonly isBusy: boolean;
  readonly onSignOut: () => void;
}

function Device({ device: { device, isCurrent, address, lastUsedAt }, isBusy, onSignOut }: DeviceProps) {
  const name = toDeviceName(device);
  return (
    <li>
      <div>
        <strong>{name}</strong>
        {isCurrent ? <span className="tag">{t('devices.current')}</span> : null}
        <p className="account-note">
          {t('devices.lastUsed', { moment: formatMoment(lastUsedAt) })}
          {address === null ? null : <> · {address}</>}
        </p>
      </div>
      {isCurrent ? null : (
        <button
          type="button"
          className="button button-quiet button-small"
          disabled={isBusy}
          aria-label={t('devices.signOutDevice', { device: name })}
          onClick={onSignOut}
        >
          {t('app.signOut')}
        </button>
      )}
    </li>
  );
}
