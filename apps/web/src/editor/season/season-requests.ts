import type { Schema } from '@viernes/api-client';
import { readData } from '../../api/problem.js';
import { edge } from '../../session/edge-client.js';
import { listSeasons } from '../../title/titles.js';
import { toSeasonDraft, toSeasonInput, type SeasonInput } from './season-draft.js';

export const putSeason = (titleId: string, number: number, season: SeasonInput): Promise<Schema<'Season'>> =>
  readData(edge.PUT('/v1/titles/{id}/seasons/{number}', { params: { path: { id: titleId, number } }, body: season }));

export async function deleteSeason(titleId: string, number: number): Promise<void> {
  await edge.DELETE('/v1/titles/{id}/seasons/{number}', { params: { path: { id: titleId, number } } });
}

/** Whether the stored season still has these fields. Seasons have no entity tags, so a change can still arrive later. */
export async function isUnchanged(titleId: string, number: number, known: SeasonInput | undefined): Promise<boolean> {
  const { seasons } = await listSeasons(titleId, new AbortController().signal);
  const stored = seasons.find((season) => season.number === number);
  const current = stored && toSeasonInput(toSeasonDraft(stored));
  return JSON.stringify(current) === JSON.stringify(known);
}
