import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';

const params = z.strictObject({ id: z.uuid() });

const rendition = z
  .object({
    id: z.string(),
    kind: z.enum(['video', 'audio']),
    name: z.string().describe('480p, audio'),
    width: z.int().nullable(),
    height: z.int().nullable(),
    bitrateBps: z.int(),
    state: z.enum(['queued', 'running', 'succeeded', 'failed']),
    progress: z.number().min(0).max(1),
    attempt: z.int().describe('1 for the first try'),
  })
  .meta({ id: 'Rendition' });

export const asset = z
  .object({
    id: z.uuid(),
    titleId: z.uuid(),
    state: z.enum(['uploaded', 'processing', 'playable', 'ready', 'failed']),
    sizeBytes: z.int(),
    fileName: z.string(),
    durationMs: z.int().nullable(),
    failureCode: z.string().nullable().describe('An error code, while state is failed'),
    renditions: z.array(rendition).describe('Lowest rung first, audio last'),
    jobsAhead: z.int().describe("Jobs of other assets that come before this one's next"),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Asset' });

export type AssetResponse = z.infer<typeof asset>;

export const getAsset = defineOperation({
  operationId: 'getAsset',
  method: 'GET',
  path: '/v1/assets/:id',
  tag: 'assets',
  summary: 'What became of an upload',
  bearer: 'required',
  params,
  success: { status: 200, description: 'The asset', schema: asset },
  errors: ['ASSET_NOT_FOUND', 'FORBIDDEN'],
});

export const watchAsset = defineOperation({
  operationId: 'watchAsset',
  method: 'GET',
  path: '/v1/assets/:id/events',
  tag: 'assets',
  summary: 'The asset as events: now, at each change, and a last time when it is ready or failed',
  bearer: 'required',
  params,
  success: {
    status: 200,
    description: 'Events named asset whose data is an Asset as JSON; comments in between keep the connection',
    contentType: 'text/event-stream',
  },
  errors: ['ASSET_NOT_FOUND', 'FORBIDDEN'],
});

export const assetOperations = [getAsset, watchAsset];
