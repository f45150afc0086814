import { CodedError, type ErrorCode } from '@viernes/contracts';

export type UploadState = 'open' | 'completed' | 'aborted' | 'expired' | 'rejected';

/** The property of the stored bytes that differs from the declaration. */
export type RejectionCode = Extract<ErrorCode, 'UPLOAD_SIZE_MISMATCH' | 'UPLOAD_CHECKSUM_MISMATCH'>;

/** The division of a file into parts. Every part except the last has `partSizeBytes`. */
export interface PartPlan {
  readonly partSizeBytes: number;
  readonly partCount: number;
}

export interface Upload extends PartPlan {
  readonly id: string;
  readonly accountId: string;
  readonly titleId: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Checksum of the complete file, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly state: UploadState;
  readonly rejectionCode: RejectionCode | null;
  readonly objectKey: string;
  /** Null until object storage has opened the multipart upload. */
  readonly multipartId: string | null;
  readonly assetId: string | null;
  readonly expiresAt: Date;
}

/** An upload that accepts parts. */
export interface OpenUpload extends Upload {
  readonly multipartId: string;
}

/** One part of one upload. */
export interface PartId {
  readonly uploadId: string;
  /** 1 to partCount. */
  readonly partNumber: number;
}

const MAX_PARTS = 1000;
const MEBIBYTE = 1024 * 1024;

/** Uses the default part size, or the smallest number of mebibytes that results in at most 1000 parts. */
export function planParts(sizeBytes: number, defaultPartBytes: number): PartPlan {
  const neededBytes = Math.ceil(sizeBytes / MAX_PARTS / MEBIBYTE) * MEBIBYTE;
  const partSizeBytes = Math.max(defaultPartBytes, neededBytes);
  return { partSizeBytes, partCount: Math.ceil(sizeBytes / partSizeBytes) };
}

/** @param partNumber 1 to partCount */
export function partSizeBytes(upload: Pick<Upload, 'sizeBytes' | keyof PartPlan>, partNumber: number): number {
  const isLast = partNumber === upload.partCount;
  return isLast ? upload.sizeBytes - (upload.partCount - 1) * upload.partSizeBytes : upload.partSizeBytes;
}

/** Returns the numbers of the parts that are not uploaded, ascending. */
export function missingParts({ partCount }: PartPlan, uploaded: readonly { readonly partNumber: number }[]): number[] {
  const numbers = new Set(uploaded.map(({ partNumber }) => partNumber));
  return Array.from({ length: partCount }, (_, index) => index + 1).filter((number) => !numbers.has(number));
}

/** @throws CodedError UPLOAD_CLOSED */
export function requireOpen(upload: Upload): OpenUpload {
  const { id: uploadId, state, multipartId } = upload;
  if (state !== 'open' || multipartId === null) throw new CodedError('UPLOAD_CLOSED', { uploadId, state });
  return { ...upload, multipartId };
}
