import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { nextCursor, pageQuery } from '../request/request-fields.js';
import { episode } from '../season/season.schema.js';
import { title } from '../title/title.schema.js';

const history = { tag: 'watching', auth: 'required' } as const;

const entry = z
  .object({
    title,
    episode: episode.nullable().describe('The episode, if the title is a series'),
    positionMs: z.int(),
    durationMs: z.int(),
    isFinished: z.boolean(),
    watchedAt: z.iso.datetime().describe('When it was last watched'),
  })
  .meta({ id: 'HistoryEntry' });

export const listHistory = defineOperation({
  ...history,
  operationId: 'listHistory',
  method: 'GET',
  scope: 'watching:read',
  path: '/v1/history',
  summary: 'List the films and episodes that the selected profile has watched, latest first',
  query: z.strictObject(pageQuery),
  success: {
    status: 200,
    description: 'A page of entries, without those whose titles do not exist for the profile',
    schema: z.object({ entries: z.array(entry), nextCursor }).meta({ id: 'HistoryPage' }),
  },
  errors: ['PROFILE_NOT_SELECTED', 'CURSOR_INVALID'],
});

export const clearHistory = defineOperation({
  ...history,
  operationId: 'clearHistory',
  method: 'DELETE',
  scope: 'watching:write',
  path: '/v1/history',
  summary: 'Clear the history, and with it the list of titles to continue watching',
  success: { status: 204, description: 'The history is empty' },
  errors: ['PROFILE_NOT_SELECTED'],
});

export const removeFromHistory = defineOperation({
  ...history,
  operationId: 'removeFromHistory',
  method: 'DELETE',
  scope: 'watching:write',
  path: '/v1/history/:id',
  summary:
    'Remove a film, an episode, or all episodes of a series from the history, and from the titles to continue watching',
  params: z.strictObject({ id: uuid.describe('ID of a film, an episode, or a series') }),
  success: { status: 204, description: 'The history does not contain the title' },
  errors: ['PROFILE_NOT_SELECTED'],
});

export const historyOperations = [listHistory, clearHistory, removeFromHistory];
