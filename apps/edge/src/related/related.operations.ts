import { defineOperation, selectionQuery } from '@viernes/gateway';
import { z } from 'zod';
import { TITLES_TAG } from '../response-cache/cache-tags.js';
import { title } from '../title/title.schema.js';
import { idOrSlug } from '../request/request-fields.js';

export const listRelatedTitles = defineOperation({
  operationId: 'listRelatedTitles',
  method: 'GET',
  path: '/v1/titles/:id/related',
  tag: 'titles',
  summary: 'List titles that are similar to a title',
  auth: 'optional',
  scope: 'catalog:read',
  params: z.strictObject({ id: idOrSlug }),
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(50).optional().describe('Default: 12'),
    ...selectionQuery(title, ['credits']),
  }),
  cache: { ttlSeconds: 30, staleSeconds: 60, tags: () => [TITLES_TAG] },
  acceptsPosition: true,
  success: {
    status: 200,
    description: 'Most similar first, by people, genres, name, and synopsis',
    selectable: { list: 'titles' },
    schema: z.object({ titles: z.array(title) }).meta({ id: 'RelatedTitleList' }),
  },
  errors: ['TITLE_NOT_FOUND'],
});

export const relatedOperations = [listRelatedTitles];
