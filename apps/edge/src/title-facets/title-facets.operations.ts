import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { TITLES_TAG } from '../response-cache/cache-tags.js';
import { hasRequiredPerson, PERSON_MISSING, titleSelectionQuery } from '../title-list/title-filter.query.js';

const facet = z.array(z.object({ value: z.string(), count: z.int() }).meta({ id: 'TitleFacetValue' }));

const titleFacets = z
  .object({
    total: z.int().describe('Number of titles that meet all conditions'),
    isLowerBound: z.boolean().describe('The query matches more titles than are counted: all counts are lower bounds'),
    facets: z
      .object({
        kind: facet,
        genre: facet,
        country: facet,
        language: facet,
        maximumAge: facet.describe('Each age counts the titles for all lower ages, too'),
        decade: facet.describe('The first year of each decade, as in `yearFrom`. Ignores `yearFrom` and `yearTo`'),
        playable: facet.describe('Only `true`'),
      })
      .describe('Values of each parameter, most titles first. A facet ignores its own parameter'),
  })
  .meta({
    id: 'TitleFacets',
    examples: [
      {
        total: 2,
        isLowerBound: false,
        facets: {
          kind: [{ value: 'film', count: 2 }],
          genre: [
            { value: 'Drama', count: 2 },
            { value: 'War', count: 1 },
          ],
          country: [{ value: 'JP', count: 2 }],
          language: [{ value: 'ja', count: 2 }],
          maximumAge: [
            { value: '17', count: 1 },
            { value: '18', count: 1 },
          ],
          decade: [{ value: '1950', count: 2 }],
          playable: [{ value: 'true', count: 1 }],
        },
      },
    ],
  });

export const listTitleFacets = defineOperation({
  operationId: 'listTitleFacets',
  method: 'GET',
  path: '/v1/title-facets',
  tag: 'titles',
  summary: 'Count the titles of a list, in total and for each value of each filter',
  auth: 'optional',
  scope: 'catalog:read',
  query: z.strictObject(titleSelectionQuery).refine(hasRequiredPerson, PERSON_MISSING),
  cache: { ttlSeconds: 10, staleSeconds: 60, tags: () => [TITLES_TAG] },
  acceptsPosition: true,
  success: {
    status: 200,
    description: 'The counts. They include a change of a title after a few seconds',
    schema: titleFacets,
  },
  errors: [],
});

export const titleFacetsOperations = [listTitleFacets];
