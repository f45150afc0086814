import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { changePage } from '../change/change.schema.js';
import { newSeason, season, seasonInput, seasonNumber, seasonPatch } from '../season/season.schema.js';

const editing = {
  tag: 'titles',
  auth: 'required',
  scope: 'catalog:write',
  role: 'editor',
  returnsPosition: true,
} as const;

/** Enough for 400 episodes with synopses of the maximum length, at 3 bytes per character. */
const MAX_SEASON_BYTES = 6 * 1024 * 1024;

export const createSeason = defineOperation({
  ...editing,
  operationId: 'createSeason',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/titles/:id/seasons',
  summary: 'Add a season to a series',
  params: z.strictObject({ id: uuid }),
  body: newSeason,
  maxBodyBytes: MAX_SEASON_BYTES,
  returnsEntityTag: true,
  success: { status: 201, description: 'The season', schema: season, headers: { Location: 'Path of the season' } },
  errors: ['TITLE_NOT_FOUND', 'TITLE_NOT_A_SERIES', 'SEASON_EXISTS'],
});

const changing = {
  ...editing,
  path: '/v1/titles/:id/seasons/:number',
  params: z.strictObject({ id: uuid, number: seasonNumber }),
  requiresIfMatch: true,
} as const;

const changedSeason = {
  status: 200,
  description: 'The updated season',
  schema: season,
  headers: { 'Content-Location': 'Path of the season' },
} as const;

export const replaceSeason = defineOperation({
  ...changing,
  operationId: 'replaceSeason',
  method: 'PUT',
  summary: 'Replace a season; episodes with the same number keep their IDs',
  query: z.strictObject({
    restoreEpisodes: z
      .enum(['true', 'false'])
      .optional()
      .describe(
        '`true` gives an added episode the ID, and therefore the video, of the last removed episode with its number',
      ),
  }),
  body: seasonInput,
  maxBodyBytes: MAX_SEASON_BYTES,
  returnsEntityTag: true,
  success: changedSeason,
  errors: ['TITLE_NOT_FOUND', 'TITLE_NOT_A_SERIES', 'SEASON_NOT_FOUND', 'SEASON_CHANGED'],
});

export const patchSeason = defineOperation({
  ...changing,
  operationId: 'patchSeason',
  method: 'PATCH',
  summary: 'Change fields of a season with a JSON Merge Patch (RFC 7396)',
  body: seasonPatch,
  maxBodyBytes: MAX_SEASON_BYTES,
  bodyType: 'application/merge-patch+json',
  returnsEntityTag: true,
  success: changedSeason,
  errors: ['TITLE_NOT_FOUND', 'TITLE_NOT_A_SERIES', 'SEASON_NOT_FOUND', 'SEASON_CHANGED'],
});

export const deleteSeason = defineOperation({
  ...changing,
  operationId: 'deleteSeason',
  method: 'DELETE',
  summary: 'Delete a season with its episodes until it is restored',
  success: { status: 204, description: 'The season was deleted' },
  errors: ['TITLE_NOT_FOUND', 'TITLE_NOT_A_SERIES', 'SEASON_NOT_FOUND', 'SEASON_CHANGED'],
});

export const restoreSeason = defineOperation({
  ...editing,
  operationId: 'restoreSeason',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/titles/:id/seasons/:number/restore',
  summary: 'Undo the latest deletion of a season. Has no effect on a season that exists.',
  params: z.strictObject({ id: uuid, number: seasonNumber }),
  returnsEntityTag: true,
  success: changedSeason,
  errors: ['TITLE_NOT_FOUND', 'TITLE_NOT_A_SERIES', 'SEASON_NOT_FOUND'],
});

export const listSeasonChanges = defineOperation({
  operationId: 'listSeasonChanges',
  method: 'GET',
  path: '/v1/titles/:id/seasons/:number/changes',
  tag: 'titles',
  summary: 'List the changes of a season and its episodes, even of a deleted season, newest first',
  auth: 'required',
  scope: 'catalog:read',
  role: 'editor',
  params: z.strictObject({ id: uuid, number: seasonNumber }),
  ...changePage,
  errors: ['SEASON_NOT_FOUND', 'CURSOR_INVALID'],
});

export const seasonEditingOperations = [
  createSeason,
  replaceSeason,
  patchSeason,
  deleteSeason,
  restoreSeason,
  listSeasonChanges,
];
