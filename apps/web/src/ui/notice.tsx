import type { ReactNode } from 'react';
import { Link } from 'react-router';

export interface NoticeProps {
  readonly heading: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** Replaces the content of a page that cannot be shown: states the problem, then the action. */
export function Notice({ heading, children, actions }: NoticeProps) {
  return (
    <section className="notice" role="alert">
      <h1>{heading}</h1>
      <div className="notice-text">{children}</div>
      {actions ? <div className="notice-actions">{actions}</div> : null}
    </section>
  );
}

/** The main action of a notice that leads to another page. */
export function NoticeLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <Link className="button button-primary" to={to}>
      {children}
    </Link>
  );
}
