import type { Schema } from '@viernes/api-client';
import { useEffect, useRef, useState } from 'react';
import { Problem } from '../api/problem.js';
import { getAsset } from '../title/titles.js';
import { hashFile } from './hash-file.js';
import { storedUploads } from './stored-uploads.js';
import { sendParts } from './send-parts.js';
import { abortUpload, completeUpload, getUpload, startUpload } from './upload-requests.js';
import { watchAsset } from './watch-asset.js';

/** The state of one upload, from the selection of a file to the final state of the asset. Fractions are 0 to 1. */
export type UploadState =
  | { readonly step: 'choosing' }
  | { readonly step: 'hashing'; readonly fraction: number }
  | { readonly step: 'sending' | 'paused'; readonly fraction: number }
  | { readonly step: 'verifying' }
  | { readonly step: 'processing'; readonly asset: Schema<'Asset'> }
  | { readonly step: 'failed'; readonly problem: unknown };

/** One run of an upload. A paused and resumed upload has several. */
interface Run {
  /** The ID of a film or an episode. */
  readonly titleId: string;
  readonly file: File;
  readonly signal: AbortSignal;
  /** Shows a state, unless the run was aborted. */
  readonly show: (state: UploadState) => void;
  uploadId?: string;
}

export interface UploadControls {
  readonly state: UploadState;
  /** @param titleId of a film or an episode */
  start(titleId: string, file: File): void;
  pause(): void;
  resume(): void;
  /** Aborts the upload, also on the server. */
  cancel(): void;
  /** Returns to the selection of a file. The current asset is still processed. */
  reset(): void;
}

/** Runs one upload at a time. An upload that was interrupted by a pause or a closed page continues where it stopped. */
export function useUpload(): UploadControls {
  const [state, setState] = useState<UploadState>({ step: 'choosing' });
  const controller = useRef<AbortController>(null);
  const current = useRef<Run>(null);
  const sentFraction = useRef(0);

  useEffect(() => () => controller.current?.abort(), []);

  const start = (titleId: string, file: File): void => {
    controller.current?.abort();
    const next = new AbortController();
    const { signal } = next;
    const run: Run = {
      titleId,
      file,
      signal,
      show: (shown) => {
        if (signal.aborted) return;
        if (shown.step === 'sending') sentFraction.current = shown.fraction;
        setState(shown);
      },
    };
    controller.current = next;
    current.current = run;
    runUpload(run).catch((problem: unknown) => {
      if (!signal.aborted && isFinal(problem)) storedUploads.remove(titleId, file);
      run.show({ step: 'failed', problem });
    });
  };

  const reset = (): void => {
    controller.current?.abort();
    sentFraction.current = 0;
    setState({ step: 'choosing' });
  };

  return {
    state,
    start,
    pause() {
      controller.current?.abort();
      setState({ step: 'paused', fraction: sentFraction.current });
    },
    resume() {
      if (current.current) start(current.current.titleId, current.current.file);
    },
    cancel() {
      const run = current.current;
      reset();
      if (run?.uploadId === undefined) return;
      storedUploads.remove(run.titleId, run.file);
      // If this request fails, the upload expires.
      abortUpload(run.uploadId).catch(() => undefined);
    },
    reset,
  };
}

async function runUpload(run: Run): Promise<void> {
  const { titleId, file, signal, show } = run;
  const upload = (await findUnfinished(run)) ?? (await createUpload(run));
  run.uploadId = upload.id;
  if (upload.state !== 'completed') {
    const showSent = (sentBytes: number): void => show({ step: 'sending', fraction: sentBytes / file.size });
    await sendParts(file, upload, showSent, signal);
    signal.throwIfAborted();
  }
  show({ step: 'verifying' });
  const asset = upload.assetId === null ? await completeUpload(upload.id) : await getAsset(upload.assetId, signal);
  // A run that is paused at this moment finds the completed upload again when it resumes.
  signal.throwIfAborted();
  storedUploads.remove(titleId, file);
  show({ step: 'processing', asset });
  await watchAsset(asset.id, (changed) => show({ step: 'processing', asset: changed }), signal);
}

async function createUpload({ titleId, file, signal, show }: Run): Promise<Schema<'Upload'>> {
  const showHashed = (hashedBytes: number): void => show({ step: 'hashing', fraction: hashedBytes / file.size });
  showHashed(0);
  const sha256 = await hashFile(file, showHashed, signal);
  const upload = await startUpload({ titleId, fileName: file.name, sizeBytes: file.size, sha256 });
  storedUploads.store(titleId, file, upload.id);
  return upload;
}

/** Finds the upload of this file that an earlier run in this browser started, if it can be continued. */
async function findUnfinished({ titleId, file, signal }: Run): Promise<Schema<'Upload'> | undefined> {
  const uploadId = storedUploads.find(titleId, file);
  if (uploadId === undefined) return undefined;
  try {
    const upload = await getUpload(uploadId, signal);
    if (upload.state === 'open' || upload.state === 'completed') return upload;
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
  }
  storedUploads.remove(titleId, file);
  return undefined;
}

const FINAL_CODES = new Set(['UPLOAD_NOT_FOUND', 'UPLOAD_CLOSED', 'UPLOAD_SIZE_MISMATCH', 'UPLOAD_CHECKSUM_MISMATCH']);
const isFinal = (problem: unknown): boolean => problem instanceof Problem && FINAL_CODES.has(problem.code);
