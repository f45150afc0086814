import type { ErrorCode } from '@viernes/contracts';

export type UploadState = 'open' | 'completed' | 'aborted' | 'expired' | 'rejected';

/** Why the bytes of an upload were not what was declared. */
export type RejectionCode = Extract<ErrorCode, 'UPLOAD_SIZE_MISMATCH' | 'UPLOAD_CHECKSUM_MISMATCH'>;

/** How a file is cut: every part but the last has `partSizeBytes`. */
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
  /** Of the whole file, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly state: UploadState;
  readonly rejectionCode: RejectionCode | null;
  readonly objectKey: string;
  /** Null until the store has opened it. */
  readonly multipartId: string | null;
  readonly assetId: string | null;
  readonly expiresAt: Date;
}

/** One that takes parts. */
export interface OpenUpload extends Upload {
  readonly multipartId: string;
}

const MAX_PARTS = 1000;
const MEBIBYTE = 1024 * 1024;

/** Parts of the usual size, or of whole mebibytes as large as it takes to need no more than 1000. */
export function planParts(sizeBytes: number, usualPartBytes: number): PartPlan {
  const neededBytes = Math.ceil(sizeBytes / MAX_PARTS / MEBIBYTE) * MEBIBYTE;
  const partSizeBytes = Math.max(usualPartBytes, neededBytes);
  return { partSizeBytes, partCount: Math.ceil(sizeBytes / partSizeBytes) };
}

/** @param partNumber 1 to partCount */
export function partSizeBytes(upload: Pick<Upload, 'sizeBytes' | keyof PartPlan>, partNumber: number): number {
  const isLast = partNumber === upload.partCount;
  return isLast ? upload.sizeBytes - (upload.partCount - 1) * upload.partSizeBytes : upload.partSizeBytes;
}

/** The numbers that have not arrived, ascending. */
export function missingParts({ partCount }: PartPlan, arrived: readonly { readonly partNumber: number }[]): number[] {
  const numbers = new Set(arrived.map(({ partNumber }) => partNumber));
  return Array.from({ length: partCount }, (_, index) => index + 1).filter((number) => !numbers.has(number));
}
