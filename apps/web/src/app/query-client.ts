import { QueryClient } from '@tanstack/react-query';
import { Problem } from '../api/problem.js';

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
