import type { catalogV1 } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import type { SuggestionListResponse, TitleSuggestionsResponse } from './title-suggestion.schema.js';

export function toSuggestionListResponse({ suggestions }: catalogV1.SuggestTitlesResponse): SuggestionListResponse {
  return {
    suggestions: suggestions.map(({ name, titleId, personId, releaseYear = null }) => {
      if (titleId !== undefined) return { kind: 'title', id: titleId, name, releaseYear };
      return { kind: 'person', id: required(personId, 'person_id'), name, releaseYear };
    }),
  };
}

export function toFirstVersion({ suggestions }: SuggestionListResponse): TitleSuggestionsResponse {
  return {
    suggestions: suggestions.map(({ kind, id, name }) => ({
      name,
      titleId: kind === 'title' ? id : null,
      personId: kind === 'person' ? id : null,
    })),
  };
}
