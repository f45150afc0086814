import { Fragment } from 'react';
import { Navigate, Outlet, ScrollRestoration, useLocation, type RouteObject } from 'react-router';
import { HomePage } from '../home/home-page.js';
import { loadOtherTexts } from '../language/start-language.js';
import { RequireSession } from '../session/require-session.js';
import { selectProfilePath } from '../session/return-path.js';
import { useIsWithoutProfile, useSessionRenewal, useViewerNumber } from '../session/use-session.js';
import { Loading } from '../ui/loading.js';
import { CrashPage } from './crash-page.js';
import { Layout } from './layout.js';
import { NotFoundPage } from './not-found-page.js';

/** One chunk for all pages of editors. */
const loadEditor = () => import('../editor/editor-pages.js');
const loadAccount = () => import('../account/account-pages.js');
/** Contains the chart library. */
const loadUsage = () => import('../usage/usage-pages.js');
const loadProfiles = () => import('../profile/profile-pages.js');

export const ROUTES: RouteObject[] = withOtherTexts([
  {
    Component: Root,
    ErrorBoundary: CrashPage,
    HydrateFallback: Loading,
    children: [
      {
        Component: Layout,
        children: [
          { index: true, Component: HomePage },
          {
            path: 'browse',
            lazy: async () => ({ Component: (await import('../browse/browse-page.js')).BrowsePage }),
          },
          {
            path: 'titles/:titleId',
            lazy: async () => ({ Component: (await import('../title/title-page.js')).TitlePage }),
          },
          {
            path: 'people/:personId',
            lazy: async () => ({ Component: (await import('../person/person-page.js')).PersonPage }),
          },
          {
            path: 'sign-in',
            lazy: async () => ({ Component: (await import('../session/sign-in-page.js')).SignInPage }),
          },
          {
            path: 'sign-in/callback',
            lazy: async () => ({
              Component: (await import('../session/provider-callback-page.js')).ProviderCallbackPage,
            }),
          },
          { path: 'account-deleted', lazy: async () => ({ Component: (await loadAccount()).AccountDeletedPage }) },
          { path: 'verify-email', lazy: async () => ({ Component: (await loadAccount()).VerifyEmailPage }) },
          { path: 'forgot-password', lazy: async () => ({ Component: (await loadAccount()).ForgotPasswordPage }) },
          { path: 'reset-password', lazy: async () => ({ Component: (await loadAccount()).ResetPasswordPage }) },
          {
            Component: RequireSession,
            children: [
              { path: 'account', lazy: async () => ({ Component: (await loadAccount()).AccountPage }) },
              { path: 'account/api-keys', lazy: async () => ({ Component: (await loadAccount()).ApiKeysPage }) },
              {
                path: 'developers',
                lazy: async () => ({ Component: (await import('../developer/developers-page.js')).DevelopersPage }),
              },
              { path: 'profiles', lazy: async () => ({ Component: (await loadProfiles()).ProfilesPage }) },
              { path: 'profiles/new', lazy: async () => ({ Component: (await loadProfiles()).NewProfilePage }) },
              { path: 'profiles/:profileId', lazy: async () => ({ Component: (await loadProfiles()).ProfilePage }) },
              {
                path: 'my-list',
                lazy: async () => ({ Component: (await import('../my-list/my-list-page.js')).MyListPage }),
              },
              {
                path: 'history',
                lazy: async () => ({ Component: (await import('../history/history-page.js')).HistoryPage }),
              },
              { path: 'account/usage', lazy: async () => ({ Component: (await loadUsage()).AccountUsagePage }) },
              { path: 'admin/usage', lazy: async () => ({ Component: (await loadUsage()).AdminUsagePage }) },
              { path: 'admin', lazy: async () => ({ Component: (await import('../admin/admin-page.js')).AdminPage }) },
              {
                path: 'upload',
                lazy: async () => ({ Component: (await import('../upload/upload-page.js')).UploadPage }),
              },
              {
                path: 'editor',
                lazy: async () => ({ Component: (await loadEditor()).EditorLayout }),
                children: [
                  { index: true, lazy: async () => ({ Component: (await loadEditor()).EditorPage }) },
                  { path: 'import', lazy: async () => ({ Component: (await loadEditor()).ImportPage }) },
                  { path: 'titles/new', lazy: async () => ({ Component: (await loadEditor()).NewTitlePage }) },
                  { path: 'titles/:titleId', lazy: async () => ({ Component: (await loadEditor()).EditTitlePage }) },
                  { path: 'deletions', lazy: async () => ({ Component: (await loadEditor()).DeletionsPage }) },
                  { path: 'webhooks', lazy: async () => ({ Component: (await loadEditor()).WebhooksPage }) },
                  { path: 'people/new', lazy: async () => ({ Component: (await loadEditor()).NewPersonPage }) },
                  { path: 'people/:personId', lazy: async () => ({ Component: (await loadEditor()).EditPersonPage }) },
                  {
                    path: 'titles/:titleId/seasons/:season?',
                    lazy: async () => ({ Component: (await loadEditor()).SeasonsPage }),
                  },
                ],
              },
            ],
          },
          { path: '*', Component: NotFoundPage },
        ],
      },
      { path: 'who', lazy: async () => ({ Component: (await loadProfiles()).SelectProfilePage }) },
      {
        Component: RequireSession,
        children: [
          {
            path: 'party/:code',
            lazy: async () => ({ Component: (await import('../party/party-page.js')).PartyPage }),
          },
          {
            path: 'watch/:titleId',
            lazy: async () => ({ Component: (await import('../player/player-page.js')).PlayerPage }),
          },
        ],
      },
    ],
  },
]);

/** Makes the loader of each page in a separate chunk also load the texts that the first load omits. */
function withOtherTexts(routes: readonly RouteObject[]): RouteObject[] {
  return routes.map((route) => {
    const { lazy, children } = route;
    if (typeof lazy === 'function') {
      const load = async () => (await Promise.all([lazy(), loadOtherTexts()]))[0];
      return { ...route, lazy: load } as RouteObject;
    }
    return children ? ({ ...route, children: withOtherTexts(children) } as RouteObject) : route;
  });
}

/** Wraps every page. */
function Root() {
  useSessionRenewal();
  const isWithoutProfile = useIsWithoutProfile();
  const viewerNumber = useViewerNumber();
  const { pathname, search, hash } = useLocation();
  return (
    <>
      {isWithoutProfile && pathname !== '/who' ? (
        <Navigate to={selectProfilePath(pathname + search + hash)} replace />
      ) : (
        <Fragment key={viewerNumber}>
          <Outlet />
        </Fragment>
      )}
      {/* After a reload, every location has the key "default", so the path is part of the key. */}
      <ScrollRestoration getKey={({ key, pathname }) => `${key} ${pathname}`} />
    </>
  );
}
