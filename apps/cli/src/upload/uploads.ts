import type { EdgeClient } from '../edge/edge-client.js';
import { EdgeRefusal } from '../edge/problem.js';

/** An upload as the API answers it, as far as it is used. */
export interface Upload {
  readonly id: string;
  readonly state: 'open' | 'completed' | 'aborted' | 'expired' | 'rejected';
  readonly sha256: string;
  readonly partSizeBytes: number;
  readonly partCount: number;
  readonly uploadedParts: readonly { readonly partNumber: number }[];
  readonly assetId: string | null;
}

/** This account's uploads for a title, the latest first. */
export async function listUploads(edge: EdgeClient, titleId: string): Promise<readonly Upload[]> {
  return (await edge.get<{ uploads: readonly Upload[] }>(`/v1/uploads?titleId=${titleId}`)).uploads;
}

/** The asset that an earlier upload for this title became, unless it failed: playable, or on its way there. */
export async function findAsset(edge: EdgeClient, titleId: string): Promise<string | undefined> {
  for (const { assetId } of await listUploads(edge, titleId)) {
    if (assetId === null) continue;
    const { state } = await edge.get<{ state: string }>(`/v1/assets/${assetId}`);
    if (state !== 'failed') return assetId;
  }
  return undefined;
}

/** Gives an open upload up, so that it takes no place among the few that an account may have open. */
export async function abandonUpload(edge: EdgeClient, uploadId: string): Promise<void> {
  try {
    await edge.delete(`/v1/uploads/${uploadId}`);
  } catch (error) {
    // Completed or gone meanwhile.
    if (!(error instanceof EdgeRefusal) || (error.status !== 404 && error.status !== 409)) throw error;
  }
}
