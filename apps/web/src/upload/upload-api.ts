import type { Asset, PresignedParts, Upload } from '../api/types.js';
import { requestJson } from '../session/authorised.js';

const address = (uploadId: string): string => `/v1/uploads/${encodeURIComponent(uploadId)}`;

export const startUpload = (upload: Pick<Upload, 'titleId' | 'fileName' | 'sizeBytes' | 'sha256'>): Promise<Upload> =>
  requestJson<Upload>('/v1/uploads', { method: 'POST', body: upload });

export const getUpload = (uploadId: string, signal?: AbortSignal): Promise<Upload> =>
  requestJson<Upload>(address(uploadId), { signal });

export const presignParts = (
  uploadId: string,
  partNumbers: readonly number[],
  signal: AbortSignal,
): Promise<PresignedParts> =>
  requestJson<PresignedParts>(`${address(uploadId)}/parts`, { method: 'POST', body: { partNumbers }, signal });

export const completeUpload = (uploadId: string): Promise<Asset> =>
  requestJson<Asset>(`${address(uploadId)}/complete`, { method: 'POST' });

export const abortUpload = (uploadId: string): Promise<void> =>
  requestJson<void>(address(uploadId), { method: 'DELETE' });
