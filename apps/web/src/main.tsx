import '@fontsource-variable/bricolage-grotesque/wght.css';
import '@fontsource-variable/figtree/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { reloadOnceIfChunkIsGone } from './app/gone-chunk.js';
import { startLanguage } from './language/start-language.js';
import { queryClient } from './app/query-client.js';
import { ROUTES } from './app/routes.js';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');

reloadOnceIfChunkIsGone();

const router = createBrowserRouter(ROUTES);

const app = (
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>
);
// No top-level await: chunks that import this module would wait for it. React renders a transition in slices of 5 ms, so
// that the page can respond to input in between.
void startLanguage().then(() => startTransition(() => createRoot(root).render(app)));
