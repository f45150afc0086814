import { Link, NavLink, useLocation } from 'react-router';
import { signInPath } from '../session/return-path.js';
import { useIsEditor, useSession } from '../session/use-session.js';
import { SearchIcon, UploadIcon } from '../ui/icons.js';
import { ProfileMenu } from './profile-menu.js';

export function Header() {
  const state = useSession();
  const { pathname, search } = useLocation();
  const isEditor = useIsEditor();
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
          <Link className="button button-quiet button-small" to={signInPath(pathname + search)}>
            Sign in
          </Link>
        ) : null}
      </div>
    </header>
  );
}
