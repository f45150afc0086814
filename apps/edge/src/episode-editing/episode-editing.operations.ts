import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { episode, episodeInput, episodeNumber, episodePatch, seasonNumber } from '../season/season.schema.js';

const editing = {
  tag: 'titles',
  auth: 'required',
  scope: 'catalog:write',
  role: 'editor',
  params: z.strictObject({ id: uuid, number: seasonNumber, episode: episodeNumber }),
  returnsPosition: true,
  errors: ['TITLE_NOT_FOUND', 'TITLE_NOT_A_SERIES', 'SEASON_NOT_FOUND', 'EPISODE_NOT_FOUND', 'SEASON_CHANGED'],
} as const;

const changing = {
  ...editing,
  path: '/v1/titles/:id/seasons/:number/episodes/:episode',
  requiresIfMatch: true,
} as const;

const changedEpisode = {
  status: 200,
  description: 'The updated episode',
  schema: episode,
  headers: { 'Content-Location': 'Path of the episode' },
} as const;

export const replaceEpisode = defineOperation({
  ...changing,
  operationId: 'replaceEpisode',
  method: 'PUT',
  summary: 'Replace an episode. It keeps its ID, and the revision of its season increases.',
  body: episodeInput,
  returnsEntityTag: true,
  success: changedEpisode,
});

export const patchEpisode = defineOperation({
  ...changing,
  operationId: 'patchEpisode',
  method: 'PATCH',
  summary: 'Change fields of an episode with a JSON Merge Patch (RFC 7396)',
  body: episodePatch,
  bodyType: 'application/merge-patch+json',
  returnsEntityTag: true,
  success: changedEpisode,
});

export const deleteEpisode = defineOperation({
  ...changing,
  operationId: 'deleteEpisode',
  method: 'DELETE',
  summary: 'Remove an episode from its season until it is restored',
  success: { status: 204, description: 'The episode was deleted' },
});

export const restoreEpisode = defineOperation({
  ...editing,
  operationId: 'restoreEpisode',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/titles/:id/seasons/:number/episodes/:episode/restore',
  summary: 'Undo the latest removal of an episode. Has no effect on an episode that exists.',
  returnsEntityTag: true,
  success: changedEpisode,
  errors: ['TITLE_NOT_FOUND', 'TITLE_NOT_A_SERIES', 'SEASON_NOT_FOUND', 'EPISODE_NOT_FOUND'],
});

export const episodeEditingOperations = [replaceEpisode, patchEpisode, deleteEpisode, restoreEpisode];
