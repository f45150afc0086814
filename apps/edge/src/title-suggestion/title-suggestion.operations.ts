import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { textLine } from '../request/request-fields.js';
import { TITLES_TAG } from '../response-cache/cache-tags.js';

const suggestion = z
  .object({
    name: z.string().describe('Of a title or of a person'),
    titleId: uuid.nullable(),
    personId: uuid.nullable(),
  })
  .meta({
    id: 'TitleSuggestion',
    examples: [{ name: 'Metropolis', titleId: '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f', personId: null }],
  });

export const listTitleSuggestions = defineOperation({
  operationId: 'listTitleSuggestions',
  method: 'GET',
  path: '/v1/title-suggestions',
  tag: 'titles',
  summary: 'Complete what a user types to names of titles and people',
  auth: 'optional',
  scope: 'catalog:read',
  query: z.strictObject({ query: textLine(100).describe('The last word can be incomplete') }),
  cache: { ttlSeconds: 10, staleSeconds: 60, tags: () => [TITLES_TAG] },
  acceptsPosition: true,
  success: {
    status: 200,
    description: 'At most 8 names',
    schema: z.object({ suggestions: z.array(suggestion) }).meta({ id: 'TitleSuggestions' }),
  },
  errors: [],
});

export const titleSuggestionOperations = [listTitleSuggestions];
