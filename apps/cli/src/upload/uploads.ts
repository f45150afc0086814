import type { Schema } from '@viernes/api-client';
import { requireData, type EdgeClient } from '../edge/edge-client.js';
import { EdgeResponseError } from '../edge/edge-errors.js';

export type Upload = Schema<'Upload'>;

/** Lists this account's uploads of a title, newest first. */
export async function listUploads(edge: EdgeClient, titleId: string): Promise<readonly Upload[]> {
  const { uploads } = await requireData(edge.api.GET('/v1/uploads', { params: { query: { titleId } } }));
  return uploads;
}

/** Finds the asset of an earlier upload for this title, unless it failed. The asset can still be in progress. */
export async function findAsset(edge: EdgeClient, titleId: string): Promise<string | undefined> {
  for (const { assetId } of await listUploads(edge, titleId)) {
    if (assetId === null) continue;
    const { state } = await requireData(edge.api.GET('/v1/assets/{id}', { params: { path: { id: assetId } } }));
    if (state !== 'failed') return assetId;
  }
  return undefined;
}

/** Aborts an open upload, because an account can only have a few. */
export async function abortUpload(edge: EdgeClient, uploadId: string): Promise<void> {
  try {
    await edge.api.DELETE('/v1/uploads/{id}', { params: { path: { id: uploadId } } });
  } catch (error) {
    // 404 or 409: the upload was completed or removed in the meantime.
    if (!(error instanceof EdgeResponseError) || (error.status !== 404 && error.status !== 409)) throw error;
  }
}
