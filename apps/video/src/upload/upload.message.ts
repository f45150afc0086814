import { videoV1 } from '@viernes/contracts';
import type { UploadWithParts } from './get-upload.service.js';
import type { UploadState } from './upload.js';

const STATES: Readonly<Record<UploadState, videoV1.UploadState>> = {
  open: videoV1.UploadState.UPLOAD_STATE_OPEN,
  completed: videoV1.UploadState.UPLOAD_STATE_COMPLETED,
  aborted: videoV1.UploadState.UPLOAD_STATE_ABORTED,
  expired: videoV1.UploadState.UPLOAD_STATE_EXPIRED,
  rejected: videoV1.UploadState.UPLOAD_STATE_REJECTED,
};

export function toUploadMessage({ upload, uploadedParts }: UploadWithParts): videoV1.Upload {
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
    uploadedParts: uploadedParts.map((part) => ({ partNumber: part.partNumber, sizeBytes: part.sizeBytes })),
    expiresAt: upload.expiresAt.toISOString(),
    assetId: upload.assetId ?? undefined,
  };
}
