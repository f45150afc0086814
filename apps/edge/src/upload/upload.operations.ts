import { defineOperation } from '@viernes/gateway';
import { fieldError, uuid } from '@viernes/platform';
import { z } from 'zod';
import { asset } from '../asset/asset.operations.js';
import { fileName } from '../request/request-fields.js';

const params = z.strictObject({ id: uuid });
const partNumber = z.int().min(1).max(1_000);

const uploadedPart = z.object({ partNumber: z.int(), sizeBytes: z.int() }).meta({ id: 'UploadedPart' });

const exampleSha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

const upload = z
  .object({
    id: uuid,
    titleId: uuid.describe('A film or an episode'),
    fileName: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    state: z.enum(['open', 'completed', 'aborted', 'expired', 'rejected']).meta({ id: 'UploadState' }),
    partSizeBytes: z.int().describe('Size of each part except the last'),
    partCount: z.int(),
    uploadedParts: z.array(uploadedPart),
    expiresAt: z.iso.datetime(),
    assetId: uuid.nullable().describe('Null until the upload is completed'),
  })
  .meta({
    id: 'Upload',
    examples: [
      {
        id: '5d4c3b2a-1908-4f7e-a6d5-c4b3a2918070',
        titleId: '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f',
        fileName: 'metropolis.mp4',
        sizeBytes: 20_000_000,
        sha256: exampleSha256,
        state: 'open',
        partSizeBytes: 8_388_608,
        partCount: 3,
        uploadedParts: [{ partNumber: 1, sizeBytes: 8_388_608 }],
        expiresAt: '2026-06-06T20:15:00.000Z',
        assetId: null,
      },
    ],
  });

export type UploadResponse = z.infer<typeof upload>;

const uploads = z.object({ uploads: z.array(upload) }).meta({ id: 'UploadList' });

export const startUpload = defineOperation({
  operationId: 'startUpload',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/uploads',
  tag: 'uploads',
  summary: 'Start a multipart upload of one file for a title',
  auth: 'required',
  scope: 'catalog:write',
  role: 'editor',
  body: z
    .strictObject({
      titleId: uuid,
      fileName,
      sizeBytes: z.int().min(1),
      sha256: z
        .string()
        .regex(/^[0-9a-fA-F]{64}$/, fieldError('sha256'))
        .describe('SHA-256 of the complete file'),
    })
    .meta({
      id: 'NewUpload',
      examples: [
        {
          titleId: '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f',
          fileName: 'metropolis.mp4',
          sizeBytes: 20_000_000,
          sha256: exampleSha256,
        },
      ],
    }),
  success: { status: 201, description: 'The upload', schema: upload, headers: { Location: 'Path of the upload' } },
  errors: ['TITLE_NOT_FOUND', 'TITLE_HAS_EPISODES', 'UPLOAD_TOO_LARGE', 'UPLOAD_LIMIT_REACHED'],
});

export const getUpload = defineOperation({
  operationId: 'getUpload',
  method: 'GET',
  path: '/v1/uploads/:id',
  tag: 'uploads',
  summary: 'Get an upload and its uploaded parts',
  auth: 'required',
  scope: 'catalog:read',
  params,
  success: { status: 200, description: 'The upload', schema: upload },
  errors: ['UPLOAD_NOT_FOUND'],
});

export const listUploads = defineOperation({
  operationId: 'listUploads',
  method: 'GET',
  path: '/v1/uploads',
  tag: 'uploads',
  summary: "List the caller's ten most recent uploads for a title",
  auth: 'required',
  scope: 'catalog:read',
  query: z.strictObject({ titleId: uuid }),
  success: { status: 200, description: 'The uploads', schema: uploads },
  errors: [],
});

const presignedPart = z
  .object({
    partNumber: z.int(),
    url: z
      .string()
      .describe('Presigned URL of object storage, or a path of this API if clients cannot reach object storage'),
    sizeBytes: z.int(),
  })
  .meta({ id: 'PresignedPart' });

export const presignUploadParts = defineOperation({
  operationId: 'presignUploadParts',
  method: 'POST',
  idempotency: { notStored: 'nothing changes' },
  path: '/v1/uploads/:id/parts',
  tag: 'uploads',
  summary: 'Get URLs for uploading parts with PUT, each valid for one part',
  auth: 'required',
  scope: 'catalog:write',
  params,
  body: z
    .strictObject({ partNumbers: z.array(partNumber).min(1).max(100).meta({ uniqueItems: true }) })
    .meta({ id: 'PartNumbers', examples: [{ partNumbers: [1, 2] }] }),
  returnsCredentials: true,
  success: {
    status: 200,
    description: 'The URLs',
    schema: z
      .object({
        parts: z.array(presignedPart),
        expiresAt: z.iso.datetime(),
      })
      .meta({ id: 'PresignedParts' }),
  },
  errors: ['UPLOAD_NOT_FOUND', 'UPLOAD_CLOSED'],
});

export const putUploadPart = defineOperation({
  operationId: 'putUploadPart',
  method: 'PUT',
  path: '/v1/uploads/:id/parts/:partNumber',
  tag: 'uploads',
  summary: 'Upload a part if clients cannot reach object storage; `presignUploadParts` returns the URL',
  auth: 'none',
  quota: 'exempt',
  params: z.strictObject({ id: uuid, partNumber: z.coerce.number().int().min(1).max(1_000) }),
  query: z.strictObject({ token: z.string().min(1).max(200).describe('Token of the part') }),
  streamsBody: true,
  success: { status: 204, description: 'The part is stored' },
  errors: ['UPLOAD_NOT_FOUND', 'UPLOAD_CLOSED', 'OVERLOADED'],
});

export const completeUpload = defineOperation({
  operationId: 'completeUpload',
  method: 'POST',
  idempotency: { notStored: 'an upload is completed once' },
  path: '/v1/uploads/:id/complete',
  tag: 'uploads',
  summary: 'Verify size and checksum and create the asset; repeated calls return the same asset',
  auth: 'required',
  scope: 'catalog:write',
  params,
  success: { status: 200, description: 'The asset', schema: asset },
  errors: [
    'UPLOAD_NOT_FOUND',
    'UPLOAD_CLOSED',
    'UPLOAD_INCOMPLETE',
    'UPLOAD_SIZE_MISMATCH',
    'UPLOAD_CHECKSUM_MISMATCH',
  ],
  // The video service reads the complete file for its checksum.
  isLong: true,
  timeoutMs: 120_000,
});

export const abortUpload = defineOperation({
  operationId: 'abortUpload',
  method: 'DELETE',
  path: '/v1/uploads/:id',
  tag: 'uploads',
  summary: 'Abort an upload and delete its parts',
  auth: 'required',
  scope: 'catalog:write',
  params,
  success: { status: 204, description: 'The upload is aborted' },
  errors: ['UPLOAD_NOT_FOUND', 'UPLOAD_CLOSED'],
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
