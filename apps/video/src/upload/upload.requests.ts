import { z } from 'zod';

export const UploadRequest = z.object({ uploadId: z.guid() });

export const TitleRequest = z.object({ titleId: z.guid() });

const partNumber = z.number().int().min(1).max(1000);

export const PartRequest = z.object({ uploadId: z.guid(), partNumber, token: z.string().min(1).max(200) });

export const StartRequest = z.object({
  titleId: z.guid(),
  fileName: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^[^\p{Cc}/\\]*$/u, 'must be a file name: no slashes, no control characters'),
  sizeBytes: z.number().int().min(1),
  sha256: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
});

export const PresignRequest = z.object({
  uploadId: z.guid(),
  partNumbers: z
    .array(partNumber)
    .min(1)
    .max(100)
    .refine((numbers) => new Set(numbers).size === numbers.length, 'must differ from each other'),
});
