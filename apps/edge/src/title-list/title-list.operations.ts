import { defineOperation, selectionQuery } from '@viernes/gateway';
import { fieldError } from '@viernes/platform';
import { LANGUAGES } from '@viernes/translations';
import { z } from 'zod';
import { pageQuery } from '../request/request-fields.js';
import { TITLES_TAG } from '../response-cache/cache-tags.js';
import { title } from '../title/title.schema.js';
import { hasPersonOfRole, PERSON_MISSING, titleSelectionQuery } from './title-filter.query.js';

/** In the order of the protobuf enum, which starts with 1. */
export const TITLE_ORDERS = ['newest', 'name', 'popularity', 'score'] as const;

/** A text in parts, of which every second one is a match. */
const parts = z.array(z.string());

const highlights = z.object({ name: parts, people: parts, synopsis: parts }).meta({
  id: 'TitleHighlights',
  description: 'Each text is in parts, of which every second one matches the query. It is empty without a match.',
  examples: [{ name: ['The ', 'Godfather'], people: [], synopsis: [] }],
});

export const listTitles = defineOperation({
  operationId: 'listTitles',
  method: 'GET',
  path: '/v1/titles',
  tag: 'titles',
  summary: 'List titles in an order, or best match first if a query is given',
  auth: 'optional',
  scope: 'catalog:read',
  query: z
    .strictObject({
      ...titleSelectionQuery,
      sort: z.enum(TITLE_ORDERS).optional().describe('Default: `newest`, or best match first. Not with a query.'),
      sortLanguage: z
        .enum(LANGUAGES)
        .optional()
        .describe(
          'The language whose rules `sort=name` follows: in Spanish, ñ follows n. Default: `en`. A cursor continues in the language of its page.',
        ),
      includeTotal: z.enum(['true', 'false']).optional().describe('`true` returns `estimatedTotal`'),
      includeHidden: z
        .enum(['true', 'false'])
        .optional()
        .describe('`true` returns titles outside of their availability windows, too. Has an effect only for editors.'),
      ...selectionQuery(title, ['credits']),
      pageSize: pageQuery.pageSize,
      cursor: z.string().max(1_200).optional().describe('`nextCursor` of the previous page in the same order'),
    })
    .refine(hasPersonOfRole, PERSON_MISSING)
    .refine(({ query, sort }) => !query || !sort, {
      path: ['sort'],
      ...fieldError('orderWithQuery'),
    }),
  cache: { ttlSeconds: 10, staleSeconds: 60, tags: () => [TITLES_TAG] },
  acceptsPosition: true,
  success: {
    status: 200,
    description: 'A page of titles',
    selectable: { list: 'titles' },
    schema: z
      .object({
        titles: z.array(title),
        nextCursor: z.string().nullable().describe('Null on the last page'),
        estimatedTotal: z
          .int()
          .nullable()
          .describe(
            'Number of titles on all pages, as `/v1/title-facets` counts them. Null unless `includeTotal=true`.',
          ),
        isTotalLowerBound: z
          .boolean()
          .describe('The query matches more titles than are counted: `estimatedTotal` is a lower bound'),
        highlights: z.array(highlights).nullable().describe('In the order of the titles. Null without a query.'),
      })
      .meta({ id: 'TitlePage' }),
  },
  errors: ['CURSOR_INVALID'],
});

export const titleListOperations = [listTitles];
