import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { idOrSlug, multilineText, optionalTextLine, textLine } from '../request/request-fields.js';
import { TITLES_TAG, titleTag } from '../response-cache/cache-tags.js';
import { season } from './season.schema.js';

const year = z.int().min(1888).max(2100);
const runtimeMinutes = z.int().min(1).max(6_000);
const episodeNumber = z.int().min(0).max(2_000);

export const listSeasons = defineOperation({
  operationId: 'listSeasons',
  method: 'GET',
  path: '/v1/titles/:id/seasons',
  tag: 'titles',
  summary: 'List the seasons of a series with their episodes',
  auth: 'optional',
  params: z.strictObject({ id: idOrSlug }),
  cache: {
    ttlSeconds: 30,
    staleSeconds: 60,
    tags: ({ id = '' }) => [uuid.safeParse(id).success ? titleTag(id) : TITLES_TAG],
  },
  acceptsPosition: true,
  success: {
    status: 200,
    description: 'The seasons, empty for a film',
    schema: z.object({ seasons: z.array(season) }).meta({ id: 'SeasonList' }),
  },
  errors: ['TITLE_NOT_FOUND'],
});

const seasonParams = z.strictObject({ id: uuid, number: z.coerce.number().int().min(0).max(500) });

export const putSeason = defineOperation({
  operationId: 'putSeason',
  method: 'PUT',
  path: '/v1/titles/:id/seasons/:number',
  tag: 'titles',
  summary: 'Create or replace a season; episodes keep their IDs, by number',
  auth: 'required',
  role: 'editor',
  params: seasonParams,
  body: z
    .strictObject({
      name: optionalTextLine(200).optional(),
      synopsis: multilineText.optional(),
      releaseYear: year.optional(),
      episodes: z
        .array(
          z.strictObject({
            number: episodeNumber,
            name: textLine(200),
            synopsis: multilineText.optional(),
            runtimeMinutes: runtimeMinutes.optional(),
            releasedOn: z.iso.date().optional(),
          }),
        )
        .max(400)
        .describe('Each number once. If a number is repeated, the request is invalid.'),
    })
    .meta({
      id: 'SeasonInput',
      examples: [{ releaseYear: 2026, episodes: [{ number: 1, name: 'Departure', runtimeMinutes: 42 }] }],
    }),
  returnsPosition: true,
  success: { status: 200, description: 'The season', schema: season },
  errors: ['TITLE_NOT_FOUND', 'TITLE_NOT_A_SERIES'],
});

export const deleteSeason = defineOperation({
  operationId: 'deleteSeason',
  method: 'DELETE',
  path: '/v1/titles/:id/seasons/:number',
  tag: 'titles',
  summary: 'Delete a season with its episodes',
  auth: 'required',
  role: 'editor',
  params: seasonParams,
  returnsPosition: true,
  success: { status: 204, description: 'The season was deleted' },
  errors: ['TITLE_NOT_FOUND', 'TITLE_NOT_A_SERIES', 'SEASON_NOT_FOUND'],
});

export const seasonOperations = [listSeasons, putSeason, deleteSeason];
