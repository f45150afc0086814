import { createBrowserRouter } from 'react-router';
import { BrowsePage } from '../browse/browse-page.js';
import { HomePage } from '../home/home-page.js';
import { SignInPage } from '../session/sign-in-page.js';
import { TitlePage } from '../title/title-page.js';
import { CrashPage } from './crash-page.js';
import { Layout } from './layout.js';
import { NotFoundPage } from './not-found-page.js';
import { Root } from './root.js';
import { Loading } from '../ui/loading.js';

export const router = createBrowserRouter([
  {
    Component: Root,
    ErrorBoundary: CrashPage,
    HydrateFallback: Loading,
    children: [
      {
        Component: Layout,
        children: [
          { index: true, Component: HomePage },
          { path: 'browse', Component: BrowsePage },
          { path: 'titles/:titleId', Component: TitlePage },
          { path: 'sign-in', Component: SignInPage },
          {
            path: 'upload',
            lazy: async () => ({ Component: (await import('../upload/upload-page.js')).UploadPage }),
          },
          { path: '*', Component: NotFoundPage },
        ],
      },
      {
        path: 'watch/:titleId',
        lazy: async () => ({ Component: (await import('../player/player-page.js')).PlayerPage }),
      },
    ],
  },
]);
