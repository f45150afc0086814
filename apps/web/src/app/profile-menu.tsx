import { useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Schema } from '@viernes/api-client';
import { signOut } from '../session/accounts.js';

export function ProfileMenu({ session }: { readonly session: Schema<'Session'> }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const name = session.profiles[0]?.name ?? session.account.email;

  useEffect(() => {
    if (!isOpen) return;
    const close = (event: Event): void => {
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      const isOutside = event instanceof PointerEvent && !box.current?.contains(event.target as Node);
      if (isEscape) button.current?.focus();
      if (isEscape || isOutside) setOpen(false);
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, [isOpen]);

  const handleSignOut = async (): Promise<void> => {
    setOpen(false);
    await signOut().catch(() => undefined);
    queries.clear();
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
        <span aria-hidden="true">{name.slice(0, 1).toUpperCase()}</span>
      </button>
      {isOpen ? (
        <div className="profile-menu" id="profile-menu">
          <p className="profile-name">{name}</p>
          <p className="profile-email">
            {session.account.email}
            {session.account.role === 'editor' ? <span className="tag">{t('app.editor')}</span> : null}
          </p>
          {session.account.role === 'editor' ? (
            <Link className="button button-quiet" to="/editor" onClick={() => setOpen(false)}>
              {t('app.editCatalog')}
            </Link>
          ) : null}
          <Link className="button button-quiet" to="/account" onClick={() => setOpen(false)}>
            {t('account.heading')}
          </Link>
          <button type="button" className="button button-quiet" onClick={() => void handleSignOut()}>
            {t('app.signOut')}
          </button>
        </div>
      ) : null}
    </div>
  );
}
