import { defineOperation, selectionQuery } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { TITLES_TAG, titleTag } from '../response-cache/cache-tags.js';
import { titleDetails } from './title.schema.js';
import { idOrSlug } from '../request/request-fields.js';

export const getTitle = defineOperation({
  operationId: 'getTitle',
  method: 'GET',
  path: '/v1/titles/:id',
  tag: 'titles',
  summary: 'Get a title',
  auth: 'optional',
  scope: 'catalog:read',
  params: z.strictObject({
    id: idOrSlug,
  }),
  query: z.strictObject(selectionQuery(titleDetails, ['seasons', 'related'])),
  cache: {
    ttlSeconds: 30,
    staleSeconds: 60,
    tags: ({ id = '' }) => [uuid.safeParse(id).success ? titleTag(id) : TITLES_TAG],
  },
  returnsEntityTag: true,
  acceptsPosition: true,
  success: { status: 200, description: 'The title', schema: titleDetails, selectable: {} },
  errors: ['TITLE_NOT_FOUND'],
});

export const titleOperations = [getTitle];
