import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { idOrSlug } from '../request/request-fields.js';
import { TITLES_TAG, titleTag } from '../response-cache/cache-tags.js';
import { episode, episodeNumber, season, seasonNumber } from './season.schema.js';

const reading = {
  tag: 'titles',
  auth: 'optional',
  scope: 'catalog:read',
  cache: {
    ttlSeconds: 30,
    staleSeconds: 60,
    tags: ({ id = '' }: Readonly<Record<string, string>>) => [uuid.safeParse(id).success ? titleTag(id) : TITLES_TAG],
  },
  acceptsPosition: true,
} as const;

export const listSeasons = defineOperation({
  ...reading,
  operationId: 'listSeasons',
  method: 'GET',
  path: '/v1/titles/:id/seasons',
  summary: 'List the seasons of a series with their episodes',
  params: z.strictObject({ id: idOrSlug }),
  success: {
    status: 200,
    description: 'The seasons, empty for a film',
    schema: z.object({ seasons: z.array(season) }).meta({ id: 'SeasonList' }),
  },
  errors: ['TITLE_NOT_FOUND'],
});

export const getSeason = defineOperation({
  ...reading,
  operationId: 'getSeason',
  method: 'GET',
  path: '/v1/titles/:id/seasons/:number',
  summary: 'Get a season with its episodes',
  params: z.strictObject({ id: idOrSlug, number: seasonNumber }),
  returnsEntityTag: true,
  success: { status: 200, description: 'The season', schema: season },
  errors: ['TITLE_NOT_FOUND', 'SEASON_NOT_FOUND'],
});

export const getEpisode = defineOperation({
  ...reading,
  operationId: 'getEpisode',
  method: 'GET',
  path: '/v1/titles/:id/seasons/:number/episodes/:episode',
  summary: 'Get an episode',
  params: z.strictObject({ id: idOrSlug, number: seasonNumber, episode: episodeNumber }),
  returnsEntityTag: true,
  success: { status: 200, description: 'The episode', schema: episode },
  errors: ['TITLE_NOT_FOUND', 'SEASON_NOT_FOUND', 'EPISODE_NOT_FOUND'],
});

export const seasonOperations = [listSeasons, getSeason, getEpisode];
