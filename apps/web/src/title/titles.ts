import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

export interface TitleFilter {
  readonly query: string;
  readonly genre: string;
  readonly kind: Schema<'TitleKind'> | '';
  readonly isPlayable: boolean;
}

export function listTitles(
  filter: Partial<TitleFilter>,
  cursor: string | null,
  pageSize: number,
  signal: AbortSignal,
): Promise<Schema<'TitlePage'>> {
  const query = {
    pageSize,
    ...(filter.query && { query: filter.query }),
    ...(filter.genre && { genre: [filter.genre] }),
    ...(filter.kind && { kind: filter.kind }),
    ...(filter.isPlayable && { playable: 'true' as const }),
    ...(cursor && { cursor }),
  };
  return readData(edge.GET('/v1/titles', { params: { query }, signal }));
}

export const getTitle = (id: string, signal: AbortSignal): Promise<Schema<'TitleDetails'>> =>
  readData(edge.GET('/v1/titles/{id}', { params: { path: { id } }, signal }));

export const listSeasons = (id: string, signal: AbortSignal): Promise<Schema<'SeasonList'>> =>
  readData(edge.GET('/v1/titles/{id}/seasons', { params: { path: { id } }, signal }));

export const createTitle = (title: Schema<'NewTitle'>): Promise<Schema<'Title'>> =>
  readData(edge.POST('/v1/titles', { body: title }));

export const getHome = (profileId: string | undefined, signal: AbortSignal): Promise<Schema<'Home'>> =>
  readData(edge.GET('/v1/home', { params: { query: profileId === undefined ? {} : { profileId } }, signal }));

export const getAsset = (id: string, signal: AbortSignal): Promise<Schema<'Asset'>> =>
  readData(edge.GET('/v1/assets/{id}', { params: { path: { id } }, signal }));

export const listContinueWatching = (id: string, signal: AbortSignal): Promise<Schema<'ContinueWatchingList'>> =>
  readData(edge.GET('/v1/profiles/{id}/continue-watching', { params: { path: { id } }, signal }));
