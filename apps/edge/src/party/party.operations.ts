import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { party, partyClientMessage, partyParams, partyServerMessage } from './party.schema.js';

export const createParty = defineOperation({
  operationId: 'createParty',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/parties',
  tag: 'parties',
  summary: 'Open a watch party for a title, with the selected profile as its host',
  auth: 'required',
  scope: 'playback',
  body: z
    .strictObject({
      titleId: uuid.describe('A film, or a series, which plays its next episode'),
      episodeId: uuid.optional().describe('An episode of the series'),
      profileId: uuid.describe('The profile that the session has selected'),
    })
    .meta({
      id: 'NewParty',
      examples: [
        { titleId: '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f', profileId: 'f3d0b6a4-2f8e-4d0c-9a6b-2b5a3c1d4e5f' },
      ],
    }),
  returnsCredentials: true,
  success: {
    status: 201,
    description: 'The party, paused at the beginning',
    schema: party,
    headers: { Location: 'Path of the party' },
  },
  errors: ['PROFILE_NOT_FOUND', 'PROFILE_NOT_SELECTED', 'TITLE_NOT_FOUND', 'TITLE_NOT_PLAYABLE', 'PARTY_LIMIT_REACHED'],
});

export const getParty = defineOperation({
  operationId: 'getParty',
  method: 'GET',
  path: '/v1/parties/:code',
  tag: 'parties',
  summary: 'Get a watch party; it does not exist for a profile below the minimum age of the title',
  auth: 'required',
  scope: 'playback',
  params: partyParams,
  returnsCredentials: true,
  success: { status: 200, description: 'The party', schema: party },
  errors: ['PROFILE_NOT_SELECTED', 'PARTY_NOT_FOUND'],
});

export const joinParty = defineOperation({
  operationId: 'joinParty',
  method: 'GET',
  path: '/v1/parties/:code/messages',
  tag: 'parties',
  summary:
    'Join a watch party over a WebSocket; an error message with PARTY_NOT_FOUND, PARTY_FULL or PROFILE_NOT_SELECTED ends the connection',
  auth: 'required',
  scope: 'playback',
  isLong: true,
  params: partyParams,
  query: z.strictObject({
    after: z.coerce.number().int().min(0).max(2_147_483_647).default(0).describe('Number of the latest received text'),
  }),
  webSocket: { clientMessage: partyClientMessage, serverMessage: partyServerMessage },
  success: { status: 101, description: 'The connection to the party' },
  errors: [],
});

export const partyOperations = [createParty, getParty, joinParty];
