import { t } from 'i18next';
import { Link, Outlet } from 'react-router';
import { Header } from './header.js';
import { LanguageMenu } from './language-menu.js';
import './layout.css';

export function Layout() {
  return (
    <>
      <a className="skip-link" href="#content">
        {t('app.skipToContent')}
      </a>
      <Header />
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="footer">
        <p>
          <span className="footer-mark">Viernes</span> {t('app.tagline')}
        </p>
        <Link to="/developers">{t('app.developers')}</Link>
        <LanguageMenu />
      </footer>
    </>
  );
}
