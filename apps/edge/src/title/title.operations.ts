import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';

const titleId = z.strictObject({ id: z.uuid() });

const kind = z.enum(['film', 'series']);
/** At most `count` names of at most `length` characters. */
const names = (count: number, length: number) => z.array(z.string().trim().min(1).max(length)).max(count);

export const title = z
  .object({
    id: z.uuid(),
    kind,
    name: z.string(),
    synopsis: z.string(),
    releaseYear: z.int().nullable(),
    genres: z.array(z.string()),
    directors: z.array(z.string()),
    maturityRating: z.string().nullable(),
    runtimeMinutes: z.int().nullable(),
    score: z.number().nullable().describe('Mean score of viewers elsewhere, 0 to 10'),
    isPlayable: z.boolean(),
    assetId: z.uuid().nullable().describe('Set while the title is playable'),
    durationMs: z.int().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Title' });

export type TitleResponse = z.infer<typeof title>;

export const listTitles = defineOperation({
  operationId: 'listTitles',
  method: 'GET',
  path: '/v1/titles',
  tag: 'titles',
  summary: 'Titles, newest first; best match first with a query',
  bearer: 'optional',
  query: z.strictObject({
    query: z.string().max(100).optional().describe('Words of the name; typing errors are forgiven'),
    kind: kind.optional(),
    genre: z.string().max(40).optional(),
    playable: z.enum(['true', 'false']).optional().describe('true: only titles that can be played now'),
    pageSize: z.coerce.number().int().min(1).max(100).optional(),
    cursor: z.string().max(200).optional().describe('nextCursor of the page before'),
  }),
  success: {
    status: 200,
    description: 'A page of titles',
    schema: z.object({ titles: z.array(title), nextCursor: z.string().nullable() }).meta({ id: 'TitlePage' }),
  },
  errors: ['CURSOR_INVALID'],
});

export const getTitle = defineOperation({
  operationId: 'getTitle',
  method: 'GET',
  path: '/v1/titles/:id',
  tag: 'titles',
  summary: 'One title',
  bearer: 'optional',
  params: titleId,
  success: { status: 200, description: 'The title', schema: title },
  errors: ['TITLE_NOT_FOUND'],
});

export const createTitle = defineOperation({
  operationId: 'createTitle',
  method: 'POST',
  path: '/v1/titles',
  tag: 'titles',
  summary: 'Make a title (editors)',
  bearer: 'required',
  body: z
    .strictObject({
      kind,
      name: z.string().trim().min(1).max(200),
      synopsis: z.string().max(4_000).optional(),
      releaseYear: z.int().min(1888).max(2100).optional(),
      genres: names(10, 40).optional(),
      directors: names(20, 100).optional(),
      maturityRating: z.string().trim().min(1).max(20).optional(),
      runtimeMinutes: z.int().min(1).max(6_000).optional(),
      score: z.number().min(0).max(10).optional(),
      externalId: z.string().min(1).max(200).optional().describe('Where the title came from; unique'),
    })
    .meta({ id: 'NewTitle' }),
  success: {
    status: 201,
    description: 'The title',
    schema: title,
    headers: { Location: 'Its address' },
  },
  errors: ['FORBIDDEN', 'TITLE_EXISTS'],
});

export const titleOperations = [listTitles, getTitle, createTitle];
