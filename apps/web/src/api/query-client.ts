import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.js';

const MOST_RETRIES = 2;

/** Only what may pass by itself is asked again: no answer, and answers that say "later". */
function isPassing(error: Error): boolean {
  return error instanceof Problem && (error.status === 0 || error.status >= 502);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < MOST_RETRIES && isPassing(error),
    },
  },
});
