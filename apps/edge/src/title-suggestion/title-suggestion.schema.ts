import { uuid } from '@viernes/platform';
import { z } from 'zod';

const ID = '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f';

const suggestion = z
  .object({
    kind: z.enum(['title', 'person']).describe('Kinds can be added. Clients must skip suggestions of unknown kinds'),
    id: uuid.describe('ID of the title or the person'),
    name: z.string(),
    releaseYear: z.int().nullable().describe('Null for a person'),
  })
  .meta({ id: 'Suggestion', examples: [{ kind: 'title', id: ID, name: 'Metropolis', releaseYear: 1927 }] });

export const suggestionList = z.object({ suggestions: z.array(suggestion) }).meta({ id: 'SuggestionList' });

export type SuggestionListResponse = z.infer<typeof suggestionList>;

const titleSuggestion = z
  .object({
    name: z.string().describe('Name of a title or of a person'),
    titleId: uuid.nullable(),
    personId: uuid.nullable(),
  })
  .meta({ id: 'TitleSuggestion', examples: [{ name: 'Metropolis', titleId: ID, personId: null }] });

export const titleSuggestions = z.object({ suggestions: z.array(titleSuggestion) }).meta({ id: 'TitleSuggestions' });

export type TitleSuggestionsResponse = z.infer<typeof titleSuggestions>;
