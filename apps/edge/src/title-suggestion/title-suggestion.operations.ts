import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { textLine } from '../request/request-fields.js';
import { TITLES_TAG } from '../response-cache/cache-tags.js';
import { toFirstVersion } from './title-suggestion.response.js';
import { suggestionList, titleSuggestions } from './title-suggestion.schema.js';

const listing = {
  method: 'GET',
  tag: 'titles',
  summary: 'Suggest names of titles and people while a user types',
  auth: 'optional',
  scope: 'catalog:read',
  query: z.strictObject({ query: textLine(100).describe('The last word can be incomplete') }),
  cache: { ttlSeconds: 10, staleSeconds: 60, tags: () => [TITLES_TAG] },
  acceptsPosition: true,
  errors: [],
} as const;

export const listTitleSuggestionsV2 = defineOperation({
  ...listing,
  operationId: 'listTitleSuggestionsV2',
  path: '/v2/title-suggestions',
  success: { status: 200, description: 'At most 8 names', schema: suggestionList },
});

/** Deprecated, because clients rely on the presence of one of the two IDs, so suggestions of a third kind cannot be added. */
export const listTitleSuggestions = defineOperation({
  ...listing,
  operationId: 'listTitleSuggestions',
  path: '/v1/title-suggestions',
  deprecated: {
    since: '2026-11-23',
    sunset: '2027-06-30',
    successor: listTitleSuggestionsV2,
    toOlder: toFirstVersion,
  },
  success: { status: 200, description: 'At most 8 names', schema: titleSuggestions },
});

export const titleSuggestionOperations = [listTitleSuggestions, listTitleSuggestionsV2];
