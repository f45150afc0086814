import { CREDIT_ROLES, type catalogV1 } from '@viernes/contracts';
import { toTitleKindMessage } from '../title/title.response.js';
import { TITLE_FILTER_PARAMETERS, type TitleFilterQuery } from './title-filter.query.js';

/** @returns undefined if no parameter changes the list, as for most requests */
export function toTitleFilterMessage(
  query: TitleFilterQuery & { readonly includeHidden?: 'true' | 'false' | undefined },
): catalogV1.TitleFilter | undefined {
  const includeHidden = query.includeHidden === 'true';
  if (!includeHidden && TITLE_FILTER_PARAMETERS.every((name) => query[name] === undefined)) return undefined;
  return {
    kind: toTitleKindMessage(query.kind),
    genres: query.genre?.filter((name) => name !== '') ?? [],
    personId: query.person ?? '',
    role: query.role === undefined ? 0 : CREDIT_ROLES.indexOf(query.role) + 1,
    countries: query.country ?? [],
    languages: query.language ?? [],
    releaseYearFrom: query.yearFrom,
    releaseYearTo: query.yearTo,
    maximumAge: query.maximumAge,
    runtimeMinutesFrom: query.runtimeFrom,
    runtimeMinutesTo: query.runtimeTo,
    playableOnly: query.playable === 'true',
    includeHidden,
  };
}
