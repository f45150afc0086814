import { t } from 'i18next';
import type { ReactNode } from 'react';
import { PosterArt } from '../poster/poster-art.js';
import { usePageTitle } from '../ui/use-page-title.js';
import './session-card.css';

export interface SessionCardProps {
  readonly heading: string;
  readonly lead?: string | undefined;
  readonly children?: ReactNode;
}

/** A page with one card, for users without a session: sign-in and links in mails. */
export function SessionCard({ heading, lead, children }: SessionCardProps) {
  usePageTitle(heading);
  return (
    <div className="session">
      <div className="session-art" aria-hidden="true">
        <PosterArt title={{ id: 'viernes-foyer-7', genres: ['Action'] }} format="landscape" />
      </div>
      <section className="session-card" aria-labelledby="session-heading">
        <p className="eyebrow">{t('signIn.tagline')}</p>
        <h1 id="session-heading">{heading}</h1>
        {lead === undefined ? null : <p className="session-lead">{lead}</p>}
        {children}
      </section>
    </div>
  );
}
