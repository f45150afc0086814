import type { TitleFilter } from '../api/titles.js';

/** The filter that an address asks for. Values that make no sense count as not given. */
export function filterOf(parameters: URLSearchParams): TitleFilter {
  const kind = parameters.get('kind');
  return {
    query: (parameters.get('query') ?? '').trim(),
    genre: parameters.get('genre') ?? '',
    kind: kind === 'film' || kind === 'series' ? kind : '',
    isPlayable: parameters.get('playable') === 'true',
  };
}

/** The shortest address parameters that ask for a filter. */
export function parametersOf(filter: TitleFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  if (filter.query) parameters.set('query', filter.query);
  if (filter.genre) parameters.set('genre', filter.genre);
  if (filter.kind) parameters.set('kind', filter.kind);
  if (filter.isPlayable) parameters.set('playable', 'true');
  return parameters;
}
