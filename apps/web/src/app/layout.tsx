import { Outlet } from 'react-router';
import { Header } from './header.js';
import './layout.css';

export function Layout() {
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <Header />
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="footer">
        <p>
          <span className="footer-mark">Viernes</span> Film night, every night.
        </p>
      </footer>
    </>
  );
}
