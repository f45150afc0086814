import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryLimits, type Schema } from '@viernes/api-client';
import { listSuggestions } from '../title/titles.js';
import { useDebounced } from '../ui/use-debounced.js';
import { readText } from './title-filter.js';

/**
 * Suggests titles and people for a text when typing pauses. A newer text cancels the request of an older one.
 *
 * @returns undefined until the first response, without a text, and if suggestions are unavailable
 */
export function useSuggestions(text: string): readonly Schema<'Suggestion'>[] | undefined {
  const query = readText(useDebounced(text), queryLimits.listTitleSuggestionsV2.query.maxLength);
  const { data } = useQuery({
    queryKey: ['suggestions', query],
    queryFn: ({ signal }) => listSuggestions(query ?? '', signal),
    enabled: query !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return query === undefined || text.trim() === '' ? undefined : data?.suggestions;
}
