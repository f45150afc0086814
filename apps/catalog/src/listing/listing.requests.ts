import { catalogV1, COUNTRY_CODES, LANGUAGE_TAG } from '@viernes/contracts';
import { pageSize, textLine, uuid } from '@viernes/platform';
import { z } from 'zod';
import { titleKind } from '../title/title.requests.js';
import type { TitleFilter, TitleOrder } from '../title/title.js';

const MAX_VALUES = 20;
const year = z.number().int().min(1).max(9_999).optional();
const minutes = z.number().int().min(0).max(100_000).optional();

/** Text, where the empty text is the protobuf value of an unset field. */
const personId = z.union([z.literal('').transform(() => undefined), uuid]);

const titleFilter = z
  .object({
    kind: z
      .number()
      .transform((value) => (value === catalogV1.TitleKind.TITLE_KIND_UNSPECIFIED ? undefined : value))
      .pipe(titleKind.optional()),
    genres: z.array(textLine(1, 40)).max(MAX_VALUES),
    personId,
    countries: z.array(z.enum(COUNTRY_CODES)).max(MAX_VALUES),
    languages: z.array(z.string().regex(LANGUAGE_TAG, 'must be a language tag: "pt-BR"')).max(MAX_VALUES),
    releaseYearFrom: year,
    releaseYearTo: year,
    maximumAge: z.number().int().min(0).max(21).optional(),
    runtimeMinutesFrom: minutes,
    runtimeMinutesTo: minutes,
    playableOnly: z.boolean(),
  })
  .transform(({ playableOnly, ...filter }): TitleFilter => ({ ...filter, isPlayableOnly: playableOnly }));

const ORDERS: ReadonlyMap<number, TitleOrder | undefined> = new Map([
  [catalogV1.TitleOrder.TITLE_ORDER_UNSPECIFIED, undefined],
  [catalogV1.TitleOrder.TITLE_ORDER_NEWEST, 'newest'],
  [catalogV1.TitleOrder.TITLE_ORDER_NAME, 'name'],
  [catalogV1.TitleOrder.TITLE_ORDER_POPULARITY, 'popularity'],
  [catalogV1.TitleOrder.TITLE_ORDER_SCORE, 'score'],
]);

const NO_FILTER: TitleFilter = {};

export const ListTitlesRequest = z
  .object({
    pageSize: pageSize(24, 100),
    /** Contains a name of up to 200 characters, as base64. */
    cursor: z.string().max(1_200),
    query: textLine(0, 100),
    filter: titleFilter.optional(),
    order: z.number().refine((order) => ORDERS.has(order), 'must be a known order'),
  })
  .refine(({ query, order }) => query === '' || !ORDERS.get(order), {
    path: ['order'],
    error: 'must be unset if there is a query, whose best match is first',
  })
  .transform(({ filter = NO_FILTER, order, ...request }) => ({
    ...request,
    filter,
    order: ORDERS.get(order) ?? ('newest' as const),
  }));

export type ListTitlesRequest = z.infer<typeof ListTitlesRequest>;
