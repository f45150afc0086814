import { videoV1 } from '@viernes/contracts';
import { present } from '../upstream/present.js';
import type { UploadAnswer } from './upload.operations.js';

const { UploadState } = videoV1;

const STATES: Readonly<Partial<Record<videoV1.UploadState, UploadAnswer['state']>>> = {
  [UploadState.UPLOAD_STATE_OPEN]: 'open',
  [UploadState.UPLOAD_STATE_COMPLETED]: 'completed',
  [UploadState.UPLOAD_STATE_ABORTED]: 'aborted',
  [UploadState.UPLOAD_STATE_EXPIRED]: 'expired',
  [UploadState.UPLOAD_STATE_REJECTED]: 'rejected',
};

export function uploadAnswer(upload: videoV1.Upload): UploadAnswer {
  const { id, titleId, fileName, sizeBytes, sha256, partSizeBytes, partCount, uploadedParts } = upload;
  return {
    id,
    titleId,
    fileName,
    sizeBytes,
    sha256,
    state: present(STATES[upload.state], 'state'),
    partSizeBytes,
    partCount,
    uploadedParts,
    expiresAt: present(upload.expiresAt, 'expires_at'),
    assetId: upload.assetId ?? null,
  };
}
