import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

const PAGE_SIZE = 30;

export const listHistory = (cursor: string | null, signal: AbortSignal): Promise<Schema<'HistoryPage'>> =>
  readData(
    edge.GET('/v1/history', {
      params: { query: { pageSize: PAGE_SIZE, ...(cursor !== null && { cursor }) } },
      signal,
    }),
  );

/** @param id of a film, an episode, or a series; undefined removes everything */
export async function removeFromHistory(id: string | undefined): Promise<void> {
  if (id === undefined) await edge.DELETE('/v1/history');
  else await edge.DELETE('/v1/history/{id}', { params: { path: { id } } });
}
