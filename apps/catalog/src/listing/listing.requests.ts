import { catalogV1 } from '@viernes/contracts';
import { fieldError, pageSize, textLine } from '@viernes/platform';
import { toAvailableLanguage } from '@viernes/translations';
import { z } from 'zod';
import { titleFilter } from '../title/title-filter.request.js';
import type { TitleOrder } from '../title/title.js';

const ORDERS: ReadonlyMap<number, TitleOrder | undefined> = new Map([
  [catalogV1.TitleOrder.TITLE_ORDER_UNSPECIFIED, undefined],
  [catalogV1.TitleOrder.TITLE_ORDER_NEWEST, 'newest'],
  [catalogV1.TitleOrder.TITLE_ORDER_NAME, 'name'],
  [catalogV1.TitleOrder.TITLE_ORDER_POPULARITY, 'popularity'],
  [catalogV1.TitleOrder.TITLE_ORDER_SCORE, 'score'],
]);

export const ListTitlesRequest = z
  .object({
    pageSize: pageSize(24, 100),
    /** Contains a name of up to 200 characters, as base64. */
    cursor: z.string().max(1_200),
    query: textLine(0, 100),
    filter: titleFilter,
    includeTotal: z.boolean(),
    language: z.string().transform(toAvailableLanguage),
    order: z.number().refine((order) => ORDERS.has(order), fieldError('unknownOption')),
  })
  .refine(({ query, order }) => query === '' || !ORDERS.get(order), {
    path: ['order'],
    ...fieldError('orderWithQuery'),
  })
  .transform(({ order, ...request }) => ({
    ...request,
    order: ORDERS.get(order) ?? ('newest' as const),
  }));

export type ListTitlesRequest = z.infer<typeof ListTitlesRequest>;

export const ListTitlesBatchRequest = z.object({ requests: z.array(ListTitlesRequest).max(100) });

export type ListTitlesBatchRequest = z.infer<typeof ListTitlesBatchRequest>;
