import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { EdgeRefusal } from '../edge/edge-client.js';
import type { EdgeClient } from '../edge/edge-client.js';
import type { UploadLedger } from '../seed/upload-ledger.js';

export interface Upload {
  readonly id: string;
  readonly state: 'open' | 'completed' | 'aborted' | 'expired' | 'rejected';
  readonly sha256: string;
  readonly partSizeBytes: number;
  readonly partCount: number;
  readonly uploadedParts: readonly { readonly partNumber: number }[];
  readonly assetId: string | null;
}

interface PartAddress {
  readonly partNumber: number;
  readonly url: string;
  readonly sizeBytes: number;
}

const PARTS_AT_ONCE = 3;

/**
 * Sends a film the way every client does: opens an upload, PUTs the missing parts to their presigned addresses,
 * completes.
 *
 * @param earlier an upload of an earlier run, used on if it still takes parts of this very file
 * @returns the id of the asset
 */
export async function uploadFilm(
  edge: EdgeClient,
  ledger: UploadLedger,
  titleId: string,
  path: string,
  earlier: Upload | undefined,
): Promise<string> {
  const bytes = Buffer.from(await readFile(path));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const upload =
    earlier?.state === 'open' && earlier.sha256 === sha256
      ? earlier
      : (await edge.post<Upload>('/v1/uploads', { titleId, fileName: basename(path), sizeBytes: bytes.length, sha256 }))
          .body;
  await ledger.remember(titleId, upload.id);
  await sendParts(edge, upload, bytes);
  const { body } = await edge.post<{ id: string }>(`/v1/uploads/${upload.id}/complete`, {});
  return body.id;
}

/** The upload that an earlier run remembered; undefined where there is none, or its platform was reset. */
export async function findUpload(edge: EdgeClient, uploadId: string | undefined): Promise<Upload | undefined> {
  if (uploadId === undefined) return undefined;
  try {
    return await edge.get<Upload>(`/v1/uploads/${uploadId}`);
  } catch (error) {
    if (error instanceof EdgeRefusal && error.status === 404) return undefined;
    throw error;
  }
}

async function sendParts(edge: EdgeClient, upload: Upload, bytes: Buffer<ArrayBuffer>): Promise<void> {
  const there = new Set(upload.uploadedParts.map(({ partNumber }) => partNumber));
  const missing = Array.from({ length: upload.partCount }, (_, index) => index + 1).filter(
    (number) => !there.has(number),
  );
  if (missing.length === 0) return;
  const { body } = await edge.post<{ parts: readonly PartAddress[] }>(`/v1/uploads/${upload.id}/parts`, {
    partNumbers: missing,
  });
  const limit = pLimit(PARTS_AT_ONCE);
  await Promise.all(
    body.parts.map(({ partNumber, url, sizeBytes }) =>
      limit(async () => {
        const offset = (partNumber - 1) * upload.partSizeBytes;
        await pRetry(() => putPart(url, bytes.subarray(offset, offset + sizeBytes)), { retries: 4 });
      }),
    ),
  );
}

async function putPart(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const response = await fetch(url, { method: 'PUT', body: bytes });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the store answered ${response.status} to a part: ${answer.slice(0, 300)}`);
}
