import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
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
 * Continues an open upload of the same bytes and aborts open uploads of other bytes. Reads each part when it is sent.
 *
 * @returns the asset ID
 */
export async function uploadVideo(
  edge: EdgeClient,
  titleId: string,
  path: string,
  { onPart, signal }: UploadOptions = {},
): Promise<string> {
  await using file = await open(path);
  const { size: sizeBytes } = await file.stat();
  const sha256 = await digest(file);
  const openUploads = (await listUploads(edge, titleId)).filter(({ state }) => state === 'open');
  const earlier = openUploads.find((upload) => upload.sha256 === sha256);
  for (const upload of openUploads) if (upload !== earlier) await abortUpload(edge, upload.id);
  const body = { titleId, fileName: basename(path), sizeBytes, sha256 };
  const upload = earlier ?? (await requireData(edge.api.POST('/v1/uploads', { body })));
  await uploadParts(edge, upload, file, { onPart, signal });
  const asset = await requireData(edge.api.POST('/v1/uploads/{id}/complete', { params: { path: { id: upload.id } } }));
  return asset.id;
}

async function digest(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream({ autoClose: false, start: 0 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function uploadParts(
  edge: EdgeClient,
  upload: Upload,
  file: FileHandle,
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
      const position = (partNumber - 1) * upload.partSizeBytes;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(part.sizeBytes), { position });
      await putPart(new URL(part.url, edge.url), edge.url, buffer.subarray(0, bytesRead), signal);
    };
    await pRetry(send, { retries: 4, ...(signal && { signal }) });
    uploaded.add(partNumber);
    onPart?.(uploaded.size, upload.partCount);
  });
}
