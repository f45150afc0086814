import { QueryClient } from '@tanstack/react-query';
import { isTemporary } from '../api/problem.js';
import { sessionStore } from '../session/session-store.js';

const MAX_RETRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < MAX_RETRIES && isTemporary(error),
    },
  },
});

let viewerNumber = 0;

/** Responses depend on the account, the profile, and its maximum age, so another viewer must not see them. */
sessionStore.subscribe(() => {
  if (sessionStore.getViewerNumber() === viewerNumber) return;
  viewerNumber = sessionStore.getViewerNumber();
  queryClient.clear();
});
