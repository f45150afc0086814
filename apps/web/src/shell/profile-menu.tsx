import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Session } from '../api/types.js';
import { signOut } from '../session/sign-in.js';

export function ProfileMenu({ session }: { readonly session: Session }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const name = session.profiles[0]?.name ?? session.account.email;

  useEffect(() => {
    if (!isOpen) return;
    const close = (event: Event): void => {
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !box.current?.contains(event.target as Node))
        setOpen(false);
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, [isOpen]);

  const leave = async (): Promise<void> => {
    setOpen(false);
    await signOut().catch(() => undefined);
    queries.clear();
    await navigate('/');
  };

  return (
    <div className="profile" ref={box}>
      <button
        type="button"
        className="profile-button"
        aria-label="Profile menu"
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
            {session.account.role === 'editor' ? <span className="tag">Editor</span> : null}
          </p>
          <button type="button" className="button button-quiet" onClick={() => void leave()}>
            Sign out
          </button>
        </div>
      ) : null}
    </div>
  );
}
