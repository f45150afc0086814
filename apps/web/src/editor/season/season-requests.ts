import type { Schema } from '@viernes/api-client';
import { readData } from '../../api/problem.js';
import { edge } from '../../session/edge-client.js';
import { readTagged, type ResponseOf } from '../change/entity-tag.js';
import type { Version } from '../change/use-editor.js';
import { readSeasonInput, type SeasonInput } from './season-draft.js';

export interface SeasonVersion extends Version<SeasonInput> {
  readonly titleId: string;
  readonly season: Schema<'Season'>;
}

async function readVersion(titleId: string, call: Promise<ResponseOf<Schema<'Season'>>>): Promise<SeasonVersion> {
  const { data: season, entityTag } = await readTagged(call);
  return { titleId, season, input: readSeasonInput(season), revision: season.revision, entityTag };
}

const PATH = '/v1/titles/{id}/seasons/{number}';

const toParams = ({ titleId, season, entityTag }: SeasonVersion) => ({
  path: { id: titleId, number: season.number },
  header: { 'If-Match': entityTag },
});

export const getSeasonVersion = (titleId: string, number: number, signal?: AbortSignal): Promise<SeasonVersion> =>
  readVersion(titleId, edge.GET(PATH, { params: { path: { id: titleId, number } }, ...(signal && { signal }) }));

/** @throws Problem SEASON_EXISTS and others */
export const createSeason = (titleId: string, season: Schema<'NewSeason'>): Promise<Schema<'Season'>> =>
  readData(edge.POST('/v1/titles/{id}/seasons', { params: { path: { id: titleId } }, body: season }));

/** @throws Problem SEASON_CHANGED (the season has changed since it was read) and others */
export const replaceSeason = (version: SeasonVersion, season: SeasonInput): Promise<SeasonVersion> =>
  readVersion(version.titleId, edge.PUT(PATH, { params: toParams(version), body: season }));

/**
 * Stores the fields from before a change. Restores the episodes that the change has removed, which keep their IDs and
 * their videos. One request, so that a conflict restores no episodes.
 *
 * @throws Problem SEASON_CHANGED (the season has changed since it was read) and others
 */
export function undoSeasonChange(version: SeasonVersion, before: SeasonInput): Promise<SeasonVersion> {
  const params = { ...toParams(version), query: { restoreEpisodes: 'true' as const } };
  return readVersion(version.titleId, edge.PUT(PATH, { params, body: before }));
}

/** @throws Problem SEASON_CHANGED (the season has changed since it was read) and others */
export async function deleteSeason(version: SeasonVersion): Promise<void> {
  await edge.DELETE(PATH, { params: toParams(version) });
}

export const restoreSeason = (titleId: string, number: number): Promise<Schema<'Season'>> =>
  readData(edge.POST('/v1/titles/{id}/seasons/{number}/restore', { params: { path: { id: titleId, number } } }));

export const listSeasonChanges = (
  titleId: string,
  number: number,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Schema<'ChangePage'>> => {
  const params = { path: { id: titleId, number }, query: cursor === null ? {} : { cursor } };
  return readData(edge.GET('/v1/titles/{id}/seasons/{number}/changes', { params, signal }));
};
