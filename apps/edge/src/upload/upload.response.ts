import { videoV1 } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import type { UploadResponse } from './upload.operations.js';

const { UploadState } = videoV1;

const STATES: Readonly<Partial<Record<videoV1.UploadState, UploadResponse['state']>>> = {
  [UploadState.UPLOAD_STATE_OPEN]: 'open',
  [UploadState.UPLOAD_STATE_COMPLETED]: 'completed',
  [UploadState.UPLOAD_STATE_ABORTED]: 'aborted',
  [UploadState.UPLOAD_STATE_EXPIRED]: 'expired',
  [UploadState.UPLOAD_STATE_REJECTED]: 'rejected',
};

export function toUploadResponse(upload: videoV1.Upload): UploadResponse {
  const { id, titleId, fileName, sizeBytes, sha256, partSizeBytes, partCount, uploadedParts } = upload;
  return {
    id,
    titleId,
    fileName,
    sizeBytes,
    sha256,
    state: required(STATES[upload.state], 'state'),
    partSizeBytes,
    partCount,
    uploadedParts,
    expiresAt: required(upload.expiresAt, 'expires_at'),
    assetId: upload.assetId ?? null,
  };
}
