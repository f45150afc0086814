import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { requireData, type EdgeClient } from '../edge/edge-client.js';
import { putPart } from './put-part.js';
import { abortUpload, listUploads, type Upload } from './uploads.js';

export interface UploadOptions {
  /** Called after each part with the number of uploaded parts. */
  readonly onPart?: (uploaded: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

const CONCURRENT_PARTS = 3;

/**
 * Uploads a video file: opens an upload, puts the missing parts to presigned URLs, and completes the upload.
 * Continues an open upload of the same bytes and aborts open uploads of other bytes.
 *
 * @returns the asset ID
 */
export async function uploadVideo(
  edge: EdgeClient,
  titleId: string,
  path: string,
  { onPart, signal }: UploadOptions = {},
): Promise<string> {
  const bytes = Buffer.from(await readFile(path));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const open = (await listUploads(edge, titleId)).filter(({ state }) => state === 'open');
  const earlier = open.find((upload) => upload.sha256 === sha256);
  for (const upload of open) if (upload !== earlier) await abortUpload(edge, upload.id);
  const body = { titleId, fileName: basename(path), sizeBytes: bytes.length, sha256 };
  const upload = earlier ?? (await requireData(edge.api.POST('/v1/uploads', { body })));
  await uploadParts(edge, upload, bytes, { onPart, signal });
  const asset = await requireData(edge.api.POST('/v1/uploads/{id}/complete', { params: { path: { id: upload.id } } }));
  return asset.id;
}

async function uploadParts(
  edge: EdgeClient,
  upload: Upload,
  bytes: Buffer<ArrayBuffer>,
  { onPart, signal }: UploadOptions,
): Promise<void> {
  const uploaded = new Set(upload.uploadedParts.map(({ partNumber }) => partNumber));
  const missing = Array.from({ length: upload.partCount }, (_, index) => index + 1).filter(
    (number) => !uploaded.has(number),
  );
  const limit = pLimit(CONCURRENT_PARTS);
  await limit.map(missing, async (partNumber) => {
    // Each attempt requests a new URL, because the previous one can have expired.
    const send = async (): Promise<void> => {
      const { parts } = await requireData(
        edge.api.POST('/v1/uploads/{id}/parts', {
          params: { path: { id: upload.id } },
          body: { partNumbers: [partNumber] },
        }),
      );
      const [part] = parts;
      if (part === undefined) throw new Error(`The edge returned no URL for part ${partNumber} of upload ${upload.id}`);
      const offset = (partNumber - 1) * upload.partSizeBytes;
      await putPart(new URL(part.url, edge.url), edge.url, bytes.subarray(offset, offset + part.sizeBytes), signal);
    };
    await pRetry(send, { retries: 4, ...(signal && { signal }) });
    uploaded.add(partNumber);
    onPart?.(uploaded.size, upload.partCount);
  });
}
