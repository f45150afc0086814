import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { episode } from '../season/season.schema.js';
import { title } from '../title/title.schema.js';
import { profile } from './profile.schema.js';

export const listProfiles = defineOperation({
  operationId: 'listProfiles',
  method: 'GET',
  path: '/v1/profiles',
  tag: 'profiles',
  summary: "List the account's profiles",
  auth: 'required',
  scope: 'profiles:read',
  success: {
    status: 200,
    description: 'The profiles',
    schema: z.object({ profiles: z.array(profile) }).meta({ id: 'ProfileList' }),
  },
  errors: [],
});

export const getProfile = defineOperation({
  operationId: 'getProfile',
  method: 'GET',
  path: '/v1/profiles/:id',
  tag: 'profiles',
  summary: 'Get a profile',
  auth: 'required',
  scope: 'profiles:read',
  params: z.strictObject({ id: uuid }),
  success: { status: 200, description: 'The profile', schema: profile },
  errors: ['PROFILE_NOT_FOUND'],
});

const entry = z
  .object({
    title,
    episode: episode
      .nullable()
      .describe('If the title is a series: the episode that was watched last, or the one after it'),
    assetId: uuid.nullable().describe('Null if the next episode has not been started'),
    positionMs: z.int().describe('0 if the next episode has not been started'),
    durationMs: z.int(),
    watchedAt: z.iso.datetime().describe('When the profile watched the title last'),
  })
  .meta({ id: 'ContinueWatchingEntry' });

export type ContinueWatchingResponse = z.infer<typeof entry>;

export const listContinueWatching = defineOperation({
  operationId: 'listContinueWatching',
  method: 'GET',
  path: '/v1/profiles/:id/continue-watching',
  tag: 'profiles',
  summary:
    'List the titles that a profile can continue watching, each once, most recent first; if the profile has a PIN, the session must have selected it',
  auth: 'required',
  scope: 'watching:read',
  params: z.strictObject({ id: uuid }),
  success: {
    status: 200,
    description: 'The entries whose titles still exist',
    schema: z.object({ entries: z.array(entry) }).meta({ id: 'ContinueWatchingList' }),
  },
  errors: ['PROFILE_NOT_FOUND', 'PIN_REQUIRED'],
});

export const profileOperations = [listProfiles, getProfile, listContinueWatching];
