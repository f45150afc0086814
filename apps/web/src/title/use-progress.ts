import { useQuery } from '@tanstack/react-query';
import type { ContinueWatching, Progress } from '../api/types.js';
import { requestJson } from '../session/authorised.js';
import { useProfileId } from '../session/use-session.js';

/** How far the viewer is in a title; undefined when not started, or when it cannot be known now. */
export function useProgressOf(titleId: string): Progress | undefined {
  const profileId = useProfileId();
  const { data } = useQuery({
    queryKey: ['continue-watching', profileId],
    queryFn: ({ signal }) =>
      requestJson<ContinueWatching>(`/v1/profiles/${encodeURIComponent(profileId ?? '')}/continue-watching`, {
        signal,
      }),
    enabled: profileId !== undefined,
    staleTime: 0,
  });
  return data?.entries.find((entry) => entry.title.id === titleId);
}
