import { defineOperation, selectionQuery } from '@viernes/gateway';
import { fieldError } from '@viernes/platform';
import { LANGUAGES } from '@viernes/translations';
import { z } from 'zod';
import { nextCursor, pageQuery } from '../request/request-fields.js';
import { TITLES_TAG } from '../response-cache/cache-tags.js';
import { title } from '../title/title.schema.js';
import { hasRequiredPerson, PERSON_MISSING, titleSelectionQuery } from './title-filter.query.js';

/** The numbers of the protobuf enum are the positions in this list, starting with 1. */
export const TITLE_ORDERS = ['newest', 'name', 'popularity', 'score'] as const;

/** A text in segments, of which every second one is a match. */
const segments = z.array(z.string());

const highlights = z.object({ name: segments, people: segments, synopsis: segments }).meta({
  id: 'TitleHighlights',
  description:
    'Each text is split into segments, of which every second one matches the query. A text without a match is empty.',
  examples: [{ name: ['The ', 'Godfather'], people: [], synopsis: [] }],
});

export const listTitles = defineOperation({
  operationId: 'listTitles',
  method: 'GET',
  path: '/v1/titles',
  tag: 'titles',
  summary: 'List titles in the selected order, or best match first for a query',
  auth: 'optional',
  scope: 'catalog:read',
  query: z
    .strictObject({
      ...titleSelectionQuery,
      sort: z
        .enum(TITLE_ORDERS)
        .optional()
        .describe('Default: `newest`. Not allowed with a query, which sorts by best match.'),
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
    .refine(hasRequiredPerson, PERSON_MISSING)
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
        nextCursor,
        estimatedTotal: z
          .int()
          .nullable()
          .describe(
            'Number of titles on all pages, as `/v1/title-facets` counts them. Null unless `includeTotal=true`.',
          ),
        isTotalLowerBound: z
          .boolean()
          .describe(
            'True if the query matches more titles than are counted, so that `estimatedTotal` is a lower bound',
          ),
        highlights: z.array(highlights).nullable().describe('In the order of the titles. Null without a query.'),
      })
      .meta({ id: 'TitlePage' }),
  },
  errors: ['CURSOR_INVALID'],
});

export const titleListOperations = [listTitles];
