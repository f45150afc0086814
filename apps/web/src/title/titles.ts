import type { Schema, paths } from '@viernes/api-client';
import i18next from 'i18next';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

type TitleListQuery = NonNullable<paths['/v1/titles']['get']['parameters']['query']>;

/** The parameters that select and sort the titles of a list. Names are sorted in the language of the app. */
export type TitleFilter = Omit<
  TitleListQuery,
  'pageSize' | 'cursor' | 'includeTotal' | 'fields' | 'include' | 'sortLanguage'
>;

export function listTitles(
  filter: TitleFilter,
  cursor: string | null,
  pageSize: number,
  signal: AbortSignal,
): Promise<Schema<'TitlePage'>> {
  const query = {
    ...filter,
    ...(filter.sort === 'name' && { sortLanguage: i18next.resolvedLanguage as TitleListQuery['sortLanguage'] }),
    pageSize,
    ...(cursor !== null && { cursor }),
  };
  return readData(edge.GET('/v1/titles', { params: { query }, signal }));
}

/** Counts the titles that match a filter, in total and for each value of each facet. */
export const countTitles = (query: Omit<TitleFilter, 'sort'>, signal: AbortSignal): Promise<Schema<'TitleFacets'>> =>
  readData(edge.GET('/v1/title-facets', { params: { query }, signal }));

export const listSuggestions = (query: string, signal: AbortSignal): Promise<Schema<'SuggestionList'>> =>
  readData(edge.GET('/v2/title-suggestions', { params: { query: { query } }, signal }));

export const getTitle = (id: string, signal: AbortSignal): Promise<Schema<'TitleDetails'>> =>
  readData(edge.GET('/v1/titles/{id}', { params: { path: { id } }, signal }));

export const listRelatedTitles = (id: string, signal: AbortSignal): Promise<Schema<'RelatedTitleList'>> =>
  readData(edge.GET('/v1/titles/{id}/related', { params: { path: { id } }, signal }));

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
