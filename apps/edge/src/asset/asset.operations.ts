import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';

const params = z.strictObject({ id: uuid });

const rendition = z
  .object({
    id: uuid,
    kind: z.enum(['video', 'audio']).meta({ id: 'RenditionKind' }),
    name: z.string().describe('For example `480p` or `audio`'),
    width: z.int().nullable(),
    height: z.int().nullable(),
    bitrateBps: z.int(),
    state: z.enum(['queued', 'running', 'succeeded', 'failed']).meta({ id: 'RenditionState' }),
    progress: z.number().min(0).max(1).describe('Fraction of the duration that is encoded'),
    attempt: z.int().describe('1 for the first attempt'),
  })
  .meta({
    id: 'Rendition',
    examples: [
      {
        id: 'c0ffee00-1d2e-4f3a-8b4c-5d6e7f8a9b0c',
        kind: 'video',
        name: '480p',
        width: 854,
        height: 480,
        bitrateBps: 1_400_000,
        state: 'running',
        progress: 0.42,
        attempt: 1,
      },
    ],
  });

export const asset = z
  .object({
    id: uuid,
    titleId: uuid,
    state: z
      .enum(['uploaded', 'processing', 'playable', 'ready', 'failed'])
      .meta({ id: 'AssetState', description: '`playable`: the lowest rung is ready. `ready`: all rungs are ready.' }),
    isFinal: z.boolean().describe('No further change will happen. The stream of events ends.'),
    sizeBytes: z.int(),
    fileName: z.string(),
    durationMs: z.int().nullable().describe('Null until the file is probed'),
    failureCode: z.string().nullable().describe('An error code if the state is `failed`'),
    renditions: z.array(rendition).describe('Lowest rung first, audio last'),
    jobsAhead: z.int().describe('Number of queued jobs of other assets before the next job of this asset'),
    createdAt: z.iso.datetime(),
  })
  .meta({
    id: 'Asset',
    examples: [
      {
        id: '6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001',
        titleId: '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f',
        state: 'processing',
        isFinal: false,
        sizeBytes: 734_003_200,
        fileName: 'metropolis.mp4',
        durationMs: 9_180_000,
        failureCode: null,
        renditions: [],
        jobsAhead: 2,
        createdAt: '2026-06-05T20:15:00.000Z',
      },
    ],
  });

export type AssetResponse = z.infer<typeof asset>;

export const getAsset = defineOperation({
  operationId: 'getAsset',
  method: 'GET',
  path: '/v1/assets/:id',
  tag: 'assets',
  summary: 'Get the processing state of an uploaded file',
  auth: 'required',
  scope: 'catalog:read',
  role: 'editor',
  params,
  success: { status: 200, description: 'The asset', schema: asset },
  errors: ['ASSET_NOT_FOUND'],
});

export const watchAsset = defineOperation({
  operationId: 'watchAsset',
  method: 'GET',
  path: '/v1/assets/:id/events',
  tag: 'assets',
  summary: 'Watch an asset: one event immediately, and one for each change until its final state',
  auth: 'required',
  scope: 'catalog:read',
  role: 'editor',
  isLong: true,
  params,
  success: {
    status: 200,
    description: 'Events named `asset` with an Asset as JSON data. Comments between them keep the connection open.',
    contentType: 'text/event-stream',
  },
  errors: ['ASSET_NOT_FOUND', 'OVERLOADED'],
});

export const assetOperations = [getAsset, watchAsset];
