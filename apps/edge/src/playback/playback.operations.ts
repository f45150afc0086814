import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';

const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';

const positionMs = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const playbackId = z.strictObject({ id: z.uuid() });
const renditionOf = z.strictObject({ id: z.uuid(), renditionId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) });
const capability = z.strictObject({ token: z.string().min(1).max(1_024).describe("The playback's token") });

const playback = z
  .object({
    id: z.uuid(),
    titleId: z.uuid(),
    assetId: z.uuid(),
    durationMs: z.int(),
    playlistUrl: z.string().describe('Address of the master playlist, token included'),
    resumePositionMs: z.int(),
    heartbeatSeconds: z.int().describe('How often to send a heartbeat'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Playback' });

export type PlaybackResponse = z.infer<typeof playback>;

export const startPlayback = defineOperation({
  operationId: 'startPlayback',
  method: 'POST',
  path: '/v1/playback',
  tag: 'playback',
  summary: "Start to play a title; takes one of the account's streams",
  bearer: 'required',
  body: z.strictObject({ titleId: z.uuid(), profileId: z.uuid() }).meta({ id: 'NewPlayback' }),
  success: { status: 201, description: 'The playback session', schema: playback, headers: { Location: 'Its address' } },
  errors: ['PROFILE_NOT_FOUND', 'TITLE_NOT_FOUND', 'TITLE_NOT_PLAYABLE', 'STREAM_LIMIT_REACHED'],
});

export const getMasterPlaylist = defineOperation({
  operationId: 'getMasterPlaylist',
  method: 'GET',
  path: '/v1/playback/:id/master.m3u8',
  tag: 'playback',
  summary: 'The renditions that are there by now (RFC 8216)',
  bearer: 'ignored',
  params: playbackId,
  query: capability,
  success: { status: 200, description: 'A master playlist', contentType: PLAYLIST_TYPE },
  errors: ['PLAYBACK_NOT_FOUND'],
});

export const getMediaPlaylist = defineOperation({
  operationId: 'getMediaPlaylist',
  method: 'GET',
  path: '/v1/playback/:id/renditions/:renditionId.m3u8',
  tag: 'playback',
  summary: 'The segments of one rendition as byte ranges of one signed address',
  bearer: 'ignored',
  params: renditionOf,
  query: capability,
  success: { status: 200, description: 'A media playlist', contentType: PLAYLIST_TYPE },
  errors: ['PLAYBACK_NOT_FOUND', 'RENDITION_NOT_FOUND'],
});

export const getMedia = defineOperation({
  operationId: 'getMedia',
  method: 'GET',
  path: '/v1/playback/:id/media/:renditionId.mp4',
  tag: 'playback',
  summary:
    "One rendition's bytes, where browsers cannot reach the store; ranges and conditions as the store answers them",
  bearer: 'ignored',
  params: renditionOf,
  query: capability,
  success: {
    status: 200,
    description: 'The bytes; 206 for a range, 304 where a condition says so, 416 where the range is outside',
    contentType: 'video/mp4',
    headers: { ETag: 'Of the rendition, which never changes' },
  },
  errors: ['PLAYBACK_NOT_FOUND', 'RENDITION_NOT_FOUND'],
});

export const heartbeatPlayback = defineOperation({
  operationId: 'heartbeatPlayback',
  method: 'POST',
  path: '/v1/playback/:id/heartbeats',
  tag: 'playback',
  summary: 'Keep the stream and report the position',
  bearer: 'required',
  params: playbackId,
  body: z.strictObject({ positionMs: z.int().min(0) }).meta({ id: 'Heartbeat' }),
  success: {
    status: 200,
    description: 'How long the stream is kept without another one',
    schema: z.object({ expiresAt: z.iso.datetime() }).meta({ id: 'PlaybackExpiry' }),
  },
  errors: ['PLAYBACK_NOT_FOUND'],
});

export const endPlayback = defineOperation({
  operationId: 'endPlayback',
  method: 'DELETE',
  path: '/v1/playback/:id',
  tag: 'playback',
  summary: 'Stop playing; frees the stream',
  bearer: 'required',
  params: playbackId,
  query: z.strictObject({ positionMs: positionMs.optional().describe('Where it stopped') }),
  success: { status: 204, description: 'The stream is free' },
  errors: ['PLAYBACK_NOT_FOUND'],
});

export const playbackOperations = [
  startPlayback,
  getMasterPlaylist,
  getMediaPlaylist,
  getMedia,
  heartbeatPlayback,
  endPlayback,
];
