import { videoV1 } from '@viernes/contracts';
import type { Upload, UploadState } from './upload.js';

const STATES: Readonly<Record<UploadState, videoV1.UploadState>> = {
  open: videoV1.UploadState.UPLOAD_STATE_OPEN,
  completed: videoV1.UploadState.UPLOAD_STATE_COMPLETED,
  aborted: videoV1.UploadState.UPLOAD_STATE_ABORTED,
  expired: videoV1.UploadState.UPLOAD_STATE_EXPIRED,
  rejected: videoV1.UploadState.UPLOAD_STATE_REJECTED,
};

/** The upload as the contract has it. */
export function toUploadMessage(upload: Upload, uploadedParts: readonly videoV1.UploadedPart[]): videoV1.Upload {
  const { id, titleId, fileName, sizeBytes, sha256, partSizeBytes, partCount } = upload;
  return {
    id,
    titleId,
    fileName,
    sizeBytes,
    sha256,
    state: STATES[upload.state],
    partSizeBytes,
    partCount,
    uploadedParts: uploadedParts.map(({ partNumber, sizeBytes: partBytes }) => ({ partNumber, sizeBytes: partBytes })),
    expiresAt: upload.expiresAt.toISOString(),
    assetId: upload.assetId ?? undefined,
  };
}
