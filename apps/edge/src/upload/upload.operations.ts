import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { asset } from '../asset/asset.operations.js';

const params = z.strictObject({ id: z.uuid() });
const partNumber = z.int().min(1).max(1_000);

const upload = z
  .object({
    id: z.uuid(),
    titleId: z.uuid(),
    fileName: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    state: z.enum(['open', 'completed', 'aborted', 'expired', 'rejected']),
    partSizeBytes: z.int().describe('Of every part but the last'),
    partCount: z.int(),
    uploadedParts: z.array(z.object({ partNumber: z.int(), sizeBytes: z.int() })),
    expiresAt: z.iso.datetime(),
    assetId: z.uuid().nullable(),
  })
  .meta({ id: 'Upload' });

export type UploadResponse = z.infer<typeof upload>;

const uploads = z.object({ uploads: z.array(upload) }).meta({ id: 'Uploads' });

export const startUpload = defineOperation({
  operationId: 'startUpload',
  method: 'POST',
  path: '/v1/uploads',
  tag: 'uploads',
  summary: 'Open an upload of one file for one title (editors)',
  bearer: 'required',
  body: z
    .strictObject({
      titleId: z.uuid(),
      fileName: z.string().trim().min(1).max(255),
      sizeBytes: z.int().min(1),
      sha256: z
        .string()
        .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
        .describe('Of the whole file'),
    })
    .meta({ id: 'NewUpload' }),
  success: { status: 201, description: 'The upload', schema: upload, headers: { Location: 'Its address' } },
  errors: ['FORBIDDEN', 'TITLE_NOT_FOUND', 'UPLOAD_TOO_LARGE', 'UPLOAD_LIMIT_REACHED'],
});

export const getUpload = defineOperation({
  operationId: 'getUpload',
  method: 'GET',
  path: '/v1/uploads/:id',
  tag: 'uploads',
  summary: 'An upload, with the parts that have arrived',
  bearer: 'required',
  params,
  success: { status: 200, description: 'The upload', schema: upload },
  errors: ['FORBIDDEN', 'UPLOAD_NOT_FOUND'],
});

export const listUploads = defineOperation({
  operationId: 'listUploads',
  method: 'GET',
  path: '/v1/uploads',
  tag: 'uploads',
  summary: "The caller's uploads for one title, the latest first, ten at most",
  bearer: 'required',
  query: z.strictObject({ titleId: z.uuid() }),
  success: { status: 200, description: 'The uploads', schema: uploads },
  errors: [],
});

export const presignUploadParts = defineOperation({
  operationId: 'presignUploadParts',
  method: 'POST',
  path: '/v1/uploads/:id/parts',
  tag: 'uploads',
  summary: 'Addresses to PUT parts to, each good for one part',
  bearer: 'required',
  params,
  body: z.strictObject({ partNumbers: z.array(partNumber).min(1).max(100) }).meta({ id: 'PartNumbers' }),
  success: {
    status: 200,
    description: 'The addresses',
    schema: z
      .object({
        parts: z.array(
          z.object({
            partNumber: z.int(),
            url: z
              .string()
              .describe('Of the store, or a path of this API where the store cannot be reached from outside'),
            sizeBytes: z.int(),
          }),
        ),
        expiresAt: z.iso.datetime(),
      })
      .meta({ id: 'PresignedParts' }),
  },
  errors: ['FORBIDDEN', 'UPLOAD_NOT_FOUND', 'UPLOAD_CLOSED'],
});

export const putUploadPart = defineOperation({
  operationId: 'putUploadPart',
  method: 'PUT',
  path: '/v1/uploads/:id/parts/:partNumber',
  tag: 'uploads',
  summary: 'Send one part where the store cannot be reached from outside; the address comes from presignUploadParts',
  bearer: 'ignored',
  params: z.strictObject({ id: z.uuid(), partNumber: z.coerce.number().int().min(1).max(1_000) }),
  query: z.strictObject({ token: z.string().min(1).max(200).describe("The part's token") }),
  streamsBody: true,
  success: { status: 204, description: 'The part has arrived' },
  errors: ['UPLOAD_NOT_FOUND', 'UPLOAD_CLOSED', 'OVERLOADED'],
});

export const completeUpload = defineOperation({
  operationId: 'completeUpload',
  method: 'POST',
  path: '/v1/uploads/:id/complete',
  tag: 'uploads',
  summary: 'Check size and checksum and hand the film on; repeating it answers the same asset',
  bearer: 'required',
  params,
  success: { status: 200, description: 'The asset', schema: asset },
  errors: [
    'FORBIDDEN',
    'UPLOAD_NOT_FOUND',
    'UPLOAD_CLOSED',
    'UPLOAD_INCOMPLETE',
    'UPLOAD_SIZE_MISMATCH',
    'UPLOAD_CHECKSUM_MISMATCH',
  ],
  // Reads the whole file once for its checksum.
  timeoutMs: 120_000,
});

export const abortUpload = defineOperation({
  operationId: 'abortUpload',
  method: 'DELETE',
  path: '/v1/uploads/:id',
  tag: 'uploads',
  summary: 'Give an upload up; its parts are deleted',
  bearer: 'required',
  params,
  success: { status: 204, description: 'The upload is aborted' },
  errors: ['FORBIDDEN', 'UPLOAD_NOT_FOUND', 'UPLOAD_CLOSED'],
});

export const uploadOperations = [
  startUpload,
  listUploads,
  getUpload,
  presignUploadParts,
  putUploadPart,
  completeUpload,
  abortUpload,
];
