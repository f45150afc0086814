import { t } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Schema } from '@viernes/api-client';
import { Avatar } from '../profile/avatar.js';
import { signOut } from '../session/accounts.js';
import { useHasRole, useIsEditor, useIsLimited, useProfile } from '../session/use-session.js';
import { ProfileSwitch } from './profile-switch.js';

export function ProfileMenu({ session }: { readonly session: Schema<'Session'> }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const navigate = useNavigate();
  const profile = useProfile();
  const isEditor = useIsEditor();
  const isAdmin = useHasRole('admin');
  const isLimited = useIsLimited();
  const close = (): void => setOpen(false);

  useEffect(() => {
    if (!isOpen) return;
    const handle = (event: Event): void => {
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      const isOutside = event instanceof PointerEvent && !box.current?.contains(event.target as Node);
      if (isEscape) button.current?.focus();
      if (isEscape || isOutside) setOpen(false);
    };
    document.addEventListener('pointerdown', handle);
    document.addEventListener('keydown', handle);
    return () => {
      document.removeEventListener('pointerdown', handle);
      document.removeEventListener('keydown', handle);
    };
  }, [isOpen]);

  const handleSignOut = async (): Promise<void> => {
    close();
    await signOut().catch(() => undefined);
    await navigate('/');
  };

  return (
    <div className="profile" ref={box}>
      <button
        ref={button}
        type="button"
        className="profile-button"
        aria-label={t('app.profileMenu')}
        aria-expanded={isOpen}
        aria-controls="profile-menu"
        onClick={() => setOpen(!isOpen)}
      >
        {profile ? <Avatar name={profile.avatar} /> : null}
      </button>
      {isOpen ? (
        <div className="profile-menu" id="profile-menu">
          <p className="profile-name">{profile?.name}</p>
          <p className="profile-email">
            {session.account.email}
            {isEditor ? <span className="tag">{t(`admin.${session.account.role}`)}</span> : null}
          </p>
          <ProfileSwitch profiles={session.profiles.filter(({ id }) => id !== profile?.id)} onSwitch={close} />
          <Link className="button button-quiet" to="/history" onClick={close}>
            {t('history.heading')}
          </Link>
          {isEditor ? (
            <Link className="button button-quiet" to="/editor" onClick={close}>
              {t('app.editCatalog')}
            </Link>
          ) : null}
          {isAdmin ? (
            <Link className="button button-quiet" to="/admin" onClick={close}>
              {t('admin.heading')}
            </Link>
          ) : null}
          {isLimited ? null : <AccountLinks onOpen={close} />}
          <button type="button" className="button button-quiet" onClick={() => void handleSignOut()}>
            {t('app.signOut')}
          </button>
        </div>
      ) : null}
    </div>
  );
}

function AccountLinks({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <>
      <Link className="button button-quiet" to="/profiles" onClick={onOpen}>
        {t('profiles.heading')}
      </Link>
      <Link className="button button-quiet" to="/account" onClick={onOpen}>
        {t('account.heading')}
      </Link>
    </>
  );
}
