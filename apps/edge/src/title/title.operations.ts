import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { TITLES_TAG, titleTag } from '../response-cache/cache-tags.js';
import { genre, multilineText, optionalTextLine, textLine } from '../request/request-fields.js';

const titleId = z.strictObject({ id: uuid });

const kind = z.enum(['film', 'series']).meta({ id: 'TitleKind' });

export const exampleTitle = {
  id: '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f',
  kind: 'film',
  name: 'Metropolis',
  synopsis: 'The son of a city planner falls in love with a working-class prophet.',
  releaseYear: 1927,
  genres: ['Science fiction', 'Drama'],
  directors: ['Fritz Lang'],
  maturityRating: null,
  runtimeMinutes: 153,
  score: 8.2,
  isPlayable: true,
  assetId: '6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001',
  durationMs: 9_180_000,
  createdAt: '2026-06-05T20:15:00.000Z',
} as const;

export const title = z
  .object({
    id: uuid,
    kind,
    name: z.string(),
    synopsis: z.string(),
    releaseYear: z.int().nullable(),
    genres: z.array(z.string()),
    directors: z.array(z.string()),
    maturityRating: z.string().nullable(),
    runtimeMinutes: z.int().nullable(),
    score: z.number().nullable().describe('Mean score from external ratings, 0 to 10'),
    isPlayable: z.boolean(),
    assetId: uuid.nullable().describe('Null if the title is not playable'),
    durationMs: z.int().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Title', examples: [exampleTitle] });

export type TitleResponse = z.infer<typeof title>;

export const listTitles = defineOperation({
  operationId: 'listTitles',
  method: 'GET',
  path: '/v1/titles',
  tag: 'titles',
  summary: 'List titles, newest first, or best match first if a query is given',
  auth: 'optional',
  query: z.strictObject({
    query: optionalTextLine(100).optional().describe('Words of the name. Tolerates typing errors.'),
    kind: kind.optional(),
    genre: optionalTextLine(40).optional(),
    playable: z.enum(['true', 'false']).optional().describe('`true` returns only titles that can be played now'),
    pageSize: z.coerce.number().int().min(1).max(100).optional(),
    cursor: z.string().max(200).optional().describe('`nextCursor` of the previous page'),
  }),
  cache: { ttlSeconds: 10, staleSeconds: 60, tags: () => [TITLES_TAG] },
  success: {
    status: 200,
    description: 'A page of titles',
    schema: z
      .object({ titles: z.array(title), nextCursor: z.string().nullable().describe('Null on the last page') })
      .meta({ id: 'TitlePage' }),
  },
  errors: ['CURSOR_INVALID'],
});

export const getTitle = defineOperation({
  operationId: 'getTitle',
  method: 'GET',
  path: '/v1/titles/:id',
  tag: 'titles',
  summary: 'Get a title',
  auth: 'optional',
  params: titleId,
  cache: { ttlSeconds: 30, staleSeconds: 60, tags: ({ id = '' }) => [titleTag(id)] },
  success: { status: 200, description: 'The title', schema: title },
  errors: ['TITLE_NOT_FOUND'],
});

export const createTitle = defineOperation({
  operationId: 'createTitle',
  method: 'POST',
  path: '/v1/titles',
  tag: 'titles',
  summary: 'Create a title',
  auth: 'required',
  role: 'editor',
  body: z
    .strictObject({
      kind,
      name: textLine(200),
      synopsis: multilineText.optional(),
      releaseYear: z.int().min(1888).max(2100).optional(),
      genres: z.array(genre).max(10).optional(),
      directors: z.array(textLine(100)).max(20).optional(),
      maturityRating: textLine(20).optional(),
      runtimeMinutes: z.int().min(1).max(6_000).optional(),
      score: z.number().min(0).max(10).optional(),
      externalId: textLine(200)
        .optional()
        .describe('Identifier in the system that the title was imported from. Unique.'),
    })
    .meta({
      id: 'NewTitle',
      examples: [
        {
          kind: 'film',
          name: 'Metropolis',
          releaseYear: 1927,
          genres: ['Science fiction', 'Drama'],
          directors: ['Fritz Lang'],
        },
      ],
    }),
  success: {
    status: 201,
    description: 'The title',
    schema: title,
    headers: { Location: 'Path of the title' },
  },
  errors: ['TITLE_EXISTS'],
});

export const titleOperations = [listTitles, getTitle, createTitle];
