import { Link, NavLink, useLocation } from 'react-router';
import { useSession } from '../session/use-session.js';
import { ProfileMenu } from './profile-menu.js';
import { SearchIcon, UploadIcon } from './icons.js';

export function Header() {
  const state = useSession();
  const { pathname, search } = useLocation();
  const isEditor = state.status === 'signed-in' && state.session.account.role === 'editor';
  return (
    <header className="header">
      <Link to="/" className="wordmark" aria-label="Viernes, home">
        viernes
        <span className="wordmark-dot" aria-hidden="true" />
      </Link>
      <nav className="header-nav" aria-label="Main">
        <NavLink to="/" end className="header-link header-link-home">
          Home
        </NavLink>
        <NavLink to="/browse" className="header-link">
          <SearchIcon />
          <span>Browse</span>
        </NavLink>
        {isEditor ? (
          <NavLink to="/upload" className="header-link" aria-label="Upload">
            <UploadIcon />
            <span>Upload</span>
          </NavLink>
        ) : null}
      </nav>
      <div className="header-end">
        {state.status === 'signed-in' ? <ProfileMenu session={state.session} /> : null}
        {state.status === 'signed-out' && pathname !== '/sign-in' ? (
          <Link
            className="button button-quiet button-small"
            to={`/sign-in?return=${encodeURIComponent(pathname + search)}`}
          >
            Sign in
          </Link>
        ) : null}
      </div>
    </header>
  );
}
