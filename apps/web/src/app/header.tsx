import { t } from 'i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { signInPath } from '../session/return-path.js';
import { useIsEditor, useProfileId, useSession } from '../session/use-session.js';
import { BookmarkIcon, SearchIcon, UploadIcon } from '../ui/icons.js';
import { ProfileMenu } from './profile-menu.js';

export function Header() {
  const state = useSession();
  const { pathname, search } = useLocation();
  const isEditor = useIsEditor();
  const profileId = useProfileId();
  return (
    <header className="header">
      <Link to="/" className="wordmark" aria-label={t('app.wordmark')}>
        viernes
        <span className="wordmark-dot" aria-hidden="true" />
      </Link>
      <nav className="header-nav" aria-label={t('app.mainNavigation')}>
        <NavLink to="/" end className="header-link header-link-home">
          {t('app.home')}
        </NavLink>
        <NavLink to="/browse" className="header-link">
          <SearchIcon />
          <span>{t('app.browse')}</span>
        </NavLink>
        {profileId === undefined ? null : (
          <NavLink to="/my-list" className="header-link header-link-compact" aria-label={t('myList.heading')}>
            <BookmarkIcon />
            <span>{t('myList.heading')}</span>
          </NavLink>
        )}
        {isEditor ? (
          <NavLink to="/upload" className="header-link header-link-compact" aria-label={t('app.upload')}>
            <UploadIcon />
            <span>{t('app.upload')}</span>
          </NavLink>
        ) : null}
      </nav>
      <div className="header-end">
        {state.status === 'signed-in' ? <ProfileMenu session={state.session} /> : null}
        {state.status === 'signed-out' && pathname !== '/sign-in' ? (
          <Link className="button button-quiet button-small" to={signInPath(pathname + search)}>
            {t('app.signIn')}
          </Link>
        ) : null}
      </div>
    </header>
  );
}
