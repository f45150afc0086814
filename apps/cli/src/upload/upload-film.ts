import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import type { EdgeClient } from '../edge/edge-client.js';
import { putPart } from './put-part.js';
import { abandonUpload, listUploads, type Upload } from './uploads.js';

export interface UploadOptions {
  /** Called after each part with how many have arrived. */
  readonly onPart?: (arrived: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

interface PartAddress {
  readonly partNumber: number;
  readonly url: string;
  readonly sizeBytes: number;
}

const PARTS_AT_ONCE = 3;

/**
 * Sends a film the way every client does: opens an upload, PUTs the missing parts to the addresses it is given, completes.
 * What the edge knows of an earlier try with these very bytes is used on; open tries with others are given up.
 *
 * @returns the id of the asset
 */
export async function uploadFilm(
  edge: EdgeClient,
  titleId: string,
  path: string,
  { onPart, signal }: UploadOptions = {},
): Promise<string> {
  const bytes = Buffer.from(await readFile(path));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const open = (await listUploads(edge, titleId)).filter(({ state }) => state === 'open');
  const earlier = open.find((upload) => upload.sha256 === sha256);
  for (const upload of open) if (upload !== earlier) await abandonUpload(edge, upload.id);
  const request = { titleId, fileName: basename(path), sizeBytes: bytes.length, sha256 };
  const upload = earlier ?? (await edge.post<Upload>('/v1/uploads', request)).body;
  await sendParts(edge, upload, bytes, { onPart, signal });
  const { body } = await edge.post<{ id: string }>(`/v1/uploads/${upload.id}/complete`, {});
  return body.id;
}

async function sendParts(
  edge: EdgeClient,
  upload: Upload,
  bytes: Buffer<ArrayBuffer>,
  { onPart, signal }: UploadOptions,
): Promise<void> {
  const there = new Set(upload.uploadedParts.map(({ partNumber }) => partNumber));
  const missing = Array.from({ length: upload.partCount }, (_, index) => index + 1).filter(
    (number) => !there.has(number),
  );
  const limit = pLimit(PARTS_AT_ONCE);
  await limit.map(missing, async (partNumber) => {
    // A fresh address for each try: what was wrong with the last one may have been its age.
    const send = async (): Promise<void> => {
      const partNumbers = [partNumber];
      const { body } = await edge.post<{ parts: readonly PartAddress[] }>(`/v1/uploads/${upload.id}/parts`, {
        partNumbers,
      });
      const [part] = body.parts;
      if (part === undefined) throw new Error(`no address was given for part ${partNumber} of upload ${upload.id}`);
      const offset = (partNumber - 1) * upload.partSizeBytes;
      await putPart(new URL(part.url, edge.url), edge.url, bytes.subarray(offset, offset + part.sizeBytes), signal);
    };
    await pRetry(send, { retries: 4, ...(signal && { signal }) });
    there.add(partNumber);
    onPart?.(there.size, upload.partCount);
  });
}
