import { useEffect, useRef, useState } from 'react';
import type { Upload } from '../api/types.js';
import { Problem } from '../api/problem.js';
import { hashFile } from './hash-file.js';
import { rememberedUploads } from './remembered-uploads.js';
import { sendParts } from './send-parts.js';
import { abortUpload, completeUpload, getUpload, startUpload } from './upload-api.js';
import type { UploadState } from './upload-state.js';
import { watchAsset } from './watch-asset.js';
import { getAsset } from '../api/titles.js';

/** Runs one upload at a time: start (or go on where an earlier visit stopped), pause, go on, cancel. */
export function useUpload() {
  const [state, setState] = useState<UploadState>({ step: 'choosing' });
  const run = useRef<AbortController>(null);
  const job = useRef<{ titleId: string; file: File; part: number; uploadId?: string }>(null);

  useEffect(() => () => run.current?.abort(), []);

  const work = async (titleId: string, file: File, signal: AbortSignal): Promise<void> => {
    const upload = (await findOpen(titleId, file, signal)) ?? (await begin(titleId, file, signal));
    if (job.current) job.current.uploadId = upload.id;
    if (upload.state !== 'completed') {
      await sendParts(
        file,
        upload,
        (sentBytes) => {
          const part = sentBytes / file.size;
          if (job.current) job.current.part = part;
          if (!signal.aborted) setState({ step: 'sending', part, upload });
        },
        signal,
      );
    }
    setState({ step: 'checking' });
    const asset = upload.assetId ? await getAsset(upload.assetId, signal) : await completeUpload(upload.id);
    rememberedUploads.forget(titleId, file);
    setState({ step: 'preparing', asset });
    await watchAsset(asset.id, (next) => setState({ step: 'preparing', asset: next }), signal);
  };

  const begin = async (titleId: string, file: File, signal: AbortSignal): Promise<Upload> => {
    setState({ step: 'hashing', part: 0 });
    const sha256 = await hashFile(
      file,
      (hashedBytes) => setState({ step: 'hashing', part: hashedBytes / file.size }),
      signal,
    );
    const upload = await startUpload({ titleId, fileName: file.name, sizeBytes: file.size, sha256 });
    rememberedUploads.remember(titleId, file, upload.id);
    return upload;
  };

  const start = (titleId: string, file: File): void => {
    run.current?.abort();
    const controller = new AbortController();
    run.current = controller;
    job.current = { titleId, file, part: 0 };
    work(titleId, file, controller.signal).catch((problem: unknown) => {
      if (controller.signal.aborted) return;
      if (isOver(problem)) rememberedUploads.forget(titleId, file);
      setState({ step: 'failed', problem });
    });
  };

  return {
    state,
    start,
    pause(): void {
      run.current?.abort();
      setState({ step: 'paused', part: job.current?.part ?? 0 });
    },
    goOn(): void {
      if (job.current) start(job.current.titleId, job.current.file);
    },
    cancel(): void {
      run.current?.abort();
      const { current } = job;
      if (current?.uploadId) {
        rememberedUploads.forget(current.titleId, current.file);
        // Should this not arrive, the upload expires by itself.
        abortUpload(current.uploadId).catch(() => undefined);
      }
      setState({ step: 'choosing' });
    },
    reset: (): void => setState({ step: 'choosing' }),
  };
}

/** The upload that an earlier visit began with this very file, if it can still go on. */
async function findOpen(titleId: string, file: File, signal: AbortSignal): Promise<Upload | undefined> {
  const uploadId = rememberedUploads.find(titleId, file);
  if (uploadId === undefined) return undefined;
  try {
    const upload = await getUpload(uploadId, signal);
    if (upload.state === 'open' || upload.state === 'completed') return upload;
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
  }
  rememberedUploads.forget(titleId, file);
  return undefined;
}

const OVER = new Set(['UPLOAD_NOT_FOUND', 'UPLOAD_CLOSED', 'UPLOAD_SIZE_MISMATCH', 'UPLOAD_CHECKSUM_MISMATCH']);
const isOver = (problem: unknown): boolean => problem instanceof Problem && OVER.has(problem.code);
