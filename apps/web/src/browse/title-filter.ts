import type { TitleFilter } from '../title/titles.js';

/** Reads a filter from the parameters of the URL. Invalid values are ignored. */
export function parseFilter(parameters: URLSearchParams): TitleFilter {
  const kind = parameters.get('kind');
  return {
    query: (parameters.get('query') ?? '').trim(),
    genre: parameters.get('genre') ?? '',
    kind: kind === 'film' || kind === 'series' ? kind : '',
    isPlayable: parameters.get('playable') === 'true',
  };
}

/** Writes a filter to parameters of the URL, without the values that do not filter. */
export function toParameters(filter: TitleFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  if (filter.query) parameters.set('query', filter.query);
  if (filter.genre) parameters.set('genre', filter.genre);
  if (filter.kind) parameters.set('kind', filter.kind);
  if (filter.isPlayable) parameters.set('playable', 'true');
  return parameters;
}
