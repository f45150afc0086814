import { QueryClient } from '@tanstack/react-query';
import { Problem } from '../api/problem.js';
import { sessionStore } from '../session/session-store.js';

const MAX_RETRIES = 2;

/** Whether a later attempt can succeed: no response, or a response that says that a service is unavailable. */
function isTemporary(error: Error): boolean {
  return error instanceof Problem && (error.status === 0 || error.status >= 502);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < MAX_RETRIES && isTemporary(error),
    },
  },
});

let viewerNumber = 0;

/** Responses depend on the account and on the maximum age of the profile. */
sessionStore.subscribe(() => {
  if (sessionStore.getViewerNumber() === viewerNumber) return;
  viewerNumber = sessionStore.getViewerNumber();
  queryClient.clear();
});
