import { fieldError, textLine, uuid } from '@viernes/platform';
import { z } from 'zod';

const partNumber = z.number().int().min(1).max(1000);

/** A request that contains only the upload: GetUpload, CompleteUpload, and AbortUpload. */
export const UploadRequest = z.object({ uploadId: uuid });
export type UploadRequest = z.infer<typeof UploadRequest>;

export const ListUploadsRequest = z.object({ titleId: uuid });
export type ListUploadsRequest = z.infer<typeof ListUploadsRequest>;

export const GetPartLocationRequest = z.object({ uploadId: uuid, partNumber, token: z.string().min(1).max(200) });
export type GetPartLocationRequest = z.infer<typeof GetPartLocationRequest>;

export const StartUploadRequest = z.object({
  titleId: uuid,
  fileName: textLine(1, 255).refine((name) => !/[/\\]/.test(name), fieldError('fileName')),
  sizeBytes: z.number().int().min(1),
  sha256: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, fieldError('sha256')),
});
export type StartUploadRequest = z.infer<typeof StartUploadRequest>;

export const PresignUploadPartsRequest = z.object({
  uploadId: uuid,
  partNumbers: z
    .array(partNumber)
    .min(1)
    .max(100)
    .refine((numbers) => new Set(numbers).size === numbers.length, fieldError('repeatedValue')),
});
export type PresignUploadPartsRequest = z.infer<typeof PresignUploadPartsRequest>;
