import type { ServiceImpl } from '@connectrpc/connect';
import { TitleKind, type ListTitlesRequest, type TitleService } from '@viernes/contracts/public';
import { listTitles, TITLE_ORDERS } from '../title-list/title-list.operations.js';
import { getTitle } from '../title/title.operations.js';
import type { RunCall } from './run-call.js';
import { toTitleMessage } from './title-message.js';

/** Implements the service for gRPC, gRPC-Web and Connect. */
export function createTitleService(run: RunCall): ServiceImpl<typeof TitleService> {
  return {
    getTitle: async ({ id }, context) => ({ title: toTitleMessage(await run(getTitle, { id }, context)) }),
    listTitles: async (request, context) => {
      const page = await run(listTitles, toInput(request), context);
      const { titles, nextCursor, estimatedTotal, isTotalLowerBound } = page;
      return {
        titles: titles.map(toTitleMessage),
        ...(nextCursor !== null && { nextCursor }),
        ...(estimatedTotal !== null && { estimatedTotal: BigInt(estimatedTotal) }),
        isTotalLowerBound,
      };
    },
  };
}

/** Returns the parameters of the HTTP API. Omits fields with their default value. */
function toInput({ kind, order, playableOnly, includeTotal, ...request }: ListTitlesRequest): Record<string, unknown> {
  const { query, genres, countries, languages, yearFrom, yearTo, pageSize, cursor } = request;
  return {
    ...(query !== '' && { query }),
    ...(kind !== TitleKind.UNSPECIFIED && { kind: TITLE_KINDS[kind] ?? String(kind) }),
    genre: genres,
    country: countries,
    language: languages,
    yearFrom,
    yearTo,
    ...(playableOnly && { playable: true }),
    ...(order !== 0 && { sort: TITLE_ORDERS[order - 1] ?? String(order) }),
    ...(includeTotal && { includeTotal: true }),
    ...(pageSize !== 0 && { pageSize }),
    ...(cursor !== '' && { cursor }),
  };
}

const TITLE_KINDS: Partial<Record<TitleKind, string>> = { [TitleKind.FILM]: 'film', [TitleKind.SERIES]: 'series' };
