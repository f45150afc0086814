import { requestJson } from '../session/authorised.js';
import type { Asset, Home, NewTitle, Title, TitleKind, TitlePage } from './types.js';

export interface TitleFilter {
  readonly query: string;
  readonly genre: string;
  readonly kind: TitleKind | '';
  readonly isPlayable: boolean;
}

export function listTitles(
  filter: Partial<TitleFilter>,
  cursor: string | null,
  pageSize: number,
  signal?: AbortSignal,
): Promise<TitlePage> {
  const parameters = new URLSearchParams({ pageSize: String(pageSize) });
  if (filter.query) parameters.set('query', filter.query);
  if (filter.genre) parameters.set('genre', filter.genre);
  if (filter.kind) parameters.set('kind', filter.kind);
  if (filter.isPlayable) parameters.set('playable', 'true');
  if (cursor) parameters.set('cursor', cursor);
  return requestJson<TitlePage>(`/v1/titles?${parameters}`, { signal });
}

export const getTitle = (titleId: string, signal?: AbortSignal): Promise<Title> =>
  requestJson<Title>(`/v1/titles/${encodeURIComponent(titleId)}`, { signal });

export const createTitle = (title: NewTitle): Promise<Title> =>
  requestJson<Title>('/v1/titles', { method: 'POST', body: title });

export const getHome = (profileId: string | undefined, signal?: AbortSignal): Promise<Home> =>
  requestJson<Home>(profileId ? `/v1/home?profileId=${encodeURIComponent(profileId)}` : '/v1/home', { signal });

export const getAsset = (assetId: string, signal?: AbortSignal): Promise<Asset> =>
  requestJson<Asset>(`/v1/assets/${encodeURIComponent(assetId)}`, { signal });
