import { isErrorCode } from '@viernes/contracts';
import { DEMUXERS } from '@viernes/media';
import { z } from 'zod';

const lease = { jobId: z.guid(), leaseToken: z.guid() };

/** Four hours in segments of two seconds, twice over. */
const MAX_SEGMENTS = 14_400;

export const LeaseRequest = z.object({
  workerId: z.string().min(1).max(200),
  waitSeconds: z.number().int().min(0).max(10),
});

export const HeartbeatRequest = z.object({ ...lease, progress: z.number().min(0).max(1) });

export const ReleaseRequest = z.object(lease);

export const FailRequest = z.object({
  ...lease,
  code: z.string().refine(isErrorCode, 'is no error code'),
  isRetryable: z.boolean(),
});

const ByteRange = z.object({ offset: z.number().int().min(0), length: z.number().int().min(1) });

const Probe = z.object({
  demuxer: z.enum(DEMUXERS),
  durationMs: z.number().int().min(1),
  width: z.number().int().min(2),
  height: z.number().int().min(2),
  frameRateNumerator: z.number().int().min(1),
  frameRateDenominator: z.number().int().min(1),
  videoCodec: z.string(),
  hasAudio: z.boolean(),
});

const Rendition = z
  .object({
    sizeBytes: z.number().int().min(1),
    initSegment: ByteRange,
    segments: z
      .array(z.object({ durationUs: z.number().int().min(1), byteRange: ByteRange }))
      .min(1)
      .max(MAX_SEGMENTS),
  })
  .refine(
    ({ sizeBytes, initSegment, segments }) =>
      [initSegment, ...segments.map(({ byteRange }) => byteRange)].every(
        ({ offset, length }) => offset + length <= sizeBytes,
      ),
    { path: ['segments'], error: 'must lie within the object' },
  );

export const CompleteRequest = z.object({
  ...lease,
  result: z.discriminatedUnion('$case', [
    z.object({ $case: z.literal('probe'), probe: Probe }).transform(({ probe }) => ({ kind: 'probe' as const, probe })),
    z
      .object({ $case: z.literal('rendition'), rendition: Rendition })
      .transform(({ rendition }) => ({ kind: 'rendition' as const, rendition })),
  ]),
});
