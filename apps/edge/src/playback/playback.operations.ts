import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';

const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';

const positionMs = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const playbackParams = z.strictObject({ id: uuid });
const renditionParams = z.strictObject({ id: uuid, renditionId: uuid });
const tokenQuery = z.strictObject({ token: z.string().min(1).max(200).describe('Token of the playback session') });

const playback = z
  .object({
    id: uuid,
    titleId: uuid.describe('The film or the episode'),
    assetId: uuid,
    durationMs: z.int(),
    playlistUrl: z.string().describe('Path of the master playlist, including the token'),
    resumePositionMs: z.int(),
    heartbeatSeconds: z.int().describe('Interval between heartbeats'),
    expiresAt: z.iso.datetime(),
  })
  .meta({
    id: 'Playback',
    examples: [
      {
        id: '0c9b8a7f-6e5d-4c3b-9a2f-1e0d9c8b7a65',
        titleId: '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f',
        assetId: '6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001',
        durationMs: 9_180_000,
        playlistUrl: '/v1/playback/0c9b8a7f-6e5d-4c3b-9a2f-1e0d9c8b7a65/master.m3u8?token=c2VjcmV0',
        resumePositionMs: 1_320_000,
        heartbeatSeconds: 10,
        expiresAt: '2026-06-05T20:16:00.000Z',
      },
    ],
  });

export type PlaybackResponse = z.infer<typeof playback>;

export const startPlayback = defineOperation({
  operationId: 'startPlayback',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/playback',
  tag: 'playback',
  summary: "Start a playback session; uses one of the account's concurrent streams",
  priority: 'playback',
  auth: 'required',
  scope: 'playback',
  body: z
    .strictObject({
      titleId: uuid.describe('A film, an episode, or a series, which plays its next episode'),
      profileId: uuid.describe('The profile that the session has selected'),
    })
    .meta({
      id: 'NewPlayback',
      examples: [
        { titleId: '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f', profileId: 'f3d0b6a4-2f8e-4d0c-9a6b-2b5a3c1d4e5f' },
      ],
    }),
  returnsCredentials: true,
  success: {
    status: 201,
    description: 'The playback session',
    schema: playback,
    headers: { Location: 'Path of the playback session' },
  },
  errors: [
    'PROFILE_NOT_FOUND',
    'PROFILE_NOT_SELECTED',
    'PIN_REQUIRED',
    'TITLE_NOT_FOUND',
    'TITLE_NOT_PLAYABLE',
    'STREAM_LIMIT_REACHED',
  ],
});

export const getMasterPlaylist = defineOperation({
  operationId: 'getMasterPlaylist',
  method: 'GET',
  path: '/v1/playback/:id/master.m3u8',
  tag: 'playback',
  summary: 'Get the HLS master playlist of the available renditions (RFC 8216)',
  priority: 'playback',
  auth: 'none',
  quota: 'exempt',
  params: playbackParams,
  query: tokenQuery,
  success: { status: 200, description: 'The master playlist', contentType: PLAYLIST_TYPE },
  errors: ['PLAYBACK_NOT_FOUND'],
});

export const getMediaPlaylist = defineOperation({
  operationId: 'getMediaPlaylist',
  method: 'GET',
  path: '/v1/playback/:id/renditions/:renditionId.m3u8',
  tag: 'playback',
  summary:
    'Get the HLS media playlist of a rendition; its segments are byte ranges of one presigned URL, or of `getMedia` if browsers cannot reach object storage',
  priority: 'playback',
  auth: 'none',
  quota: 'exempt',
  params: renditionParams,
  query: tokenQuery,
  success: { status: 200, description: 'The media playlist', contentType: PLAYLIST_TYPE },
  errors: ['PLAYBACK_NOT_FOUND', 'RENDITION_NOT_FOUND'],
});

export const getMedia = defineOperation({
  operationId: 'getMedia',
  method: 'GET',
  path: '/v1/playback/:id/media/:renditionId.mp4',
  tag: 'playback',
  summary: 'Get the bytes of a rendition if browsers cannot reach object storage; supports ranges and conditions',
  auth: 'none',
  quota: 'exempt',
  isLong: true,
  params: renditionParams,
  query: tokenQuery,
  success: {
    status: 200,
    description: 'The complete rendition',
    contentType: 'video/mp4',
    headers: { ETag: 'Entity tag of the rendition, which never changes' },
  },
  otherResponses: {
    206: { description: 'The requested range', contentType: 'video/mp4' },
    304: { description: 'The rendition matches `If-None-Match` or `If-Modified-Since`' },
    412: { description: 'The rendition does not match `If-Match` or `If-Unmodified-Since`' },
    416: { description: 'The range is outside the rendition' },
  },
  errors: ['PLAYBACK_NOT_FOUND', 'RENDITION_NOT_FOUND', 'OVERLOADED'],
});

export const heartbeatPlayback = defineOperation({
  operationId: 'heartbeatPlayback',
  method: 'POST',
  idempotency: { notStored: 'the latest position counts' },
  path: '/v1/playback/:id/heartbeats',
  tag: 'playback',
  summary: 'Extend the playback session and report the position',
  priority: 'playback',
  auth: 'required',
  scope: 'playback',
  params: playbackParams,
  body: z
    .strictObject({ positionMs: z.int().min(0) })
    .meta({ id: 'PlaybackHeartbeat', examples: [{ positionMs: 1_330_000 }] }),
  success: {
    status: 200,
    description: 'The time at which the session expires without another heartbeat',
    schema: z.object({ expiresAt: z.iso.datetime() }).meta({ id: 'PlaybackExpiry' }),
  },
  errors: ['PLAYBACK_NOT_FOUND'],
});

export const endPlayback = defineOperation({
  operationId: 'endPlayback',
  method: 'DELETE',
  path: '/v1/playback/:id',
  tag: 'playback',
  summary: 'End a playback session and release its stream',
  priority: 'playback',
  auth: 'required',
  scope: 'playback',
  params: playbackParams,
  query: z.strictObject({ positionMs: positionMs.optional().describe('Last position') }),
  success: { status: 204, description: 'The session has ended' },
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
