import { isErrorCode } from '@viernes/contracts';
import { DEMUXERS, findLimitViolation, SOURCE_LIMITS } from '@viernes/media';
import { fieldError, uuid } from '@viernes/platform';
import { z } from 'zod';

const lease = { jobId: uuid, leaseToken: uuid };

/** Four times the segments of the longest source: four hours, in segments of 4 s. */
const MAX_SEGMENTS = 14_400;

export const LeaseJobRequest = z.object({
  workerId: z.string().min(1).max(200),
  waitSeconds: z.number().int().min(0).max(10),
});
export type LeaseJobRequest = z.infer<typeof LeaseJobRequest>;

export const HeartbeatJobRequest = z.object({ ...lease, progress: z.number().min(0).max(1) });
export type HeartbeatJobRequest = z.infer<typeof HeartbeatJobRequest>;

/** A request that contains only the lease: RenewJobUrls and ReleaseJob. */
export const LeaseRequest = z.object(lease);
export type LeaseRequest = z.infer<typeof LeaseRequest>;

export const FailJobRequest = z.object({
  ...lease,
  code: z.string().refine(isErrorCode, fieldError('unknownOption')),
  isRetryable: z.boolean(),
});
export type FailJobRequest = z.infer<typeof FailJobRequest>;

/** The limits of a batch, far above what a worker sends for its few jobs. */
export const ReportSpansRequest = z.object({
  traces: z
    .array(
      z.object({
        traceId: z.string().regex(/^[0-9a-f]{32}$/),
        otlpJson: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= 256 * 1024),
      }),
    )
    .max(256),
});
export type ReportSpansRequest = z.infer<typeof ReportSpansRequest>;

const byteRange = z.object({ offset: z.number().int().min(0), length: z.number().int().min(1) });

const sidePx = z.number().int().min(SOURCE_LIMITS.minSidePx).max(SOURCE_LIMITS.maxSidePx);

/**
 * Checks the limits again that the worker has checked. A compromised worker could report a size for which no ladder can be
 * planned, or a duration that raises the size limit of the renditions.
 */
const probe = z
  .object({
    demuxer: z.enum(DEMUXERS),
    durationMs: z.number().int().min(SOURCE_LIMITS.minDurationMs).max(SOURCE_LIMITS.maxDurationMs),
    width: sidePx,
    height: sidePx,
    frameRateNumerator: z.number().int().min(1),
    frameRateDenominator: z.number().int().min(1),
    videoCodec: z.string(),
    hasAudio: z.boolean(),
  })
  // Also checks the aspect ratio and the frame rate, which consist of two fields. The stored size is not part of a result.
  .refine(
    ({ frameRateNumerator: numerator, frameRateDenominator: denominator, ...source }) =>
      findLimitViolation({ ...source, frameRate: { numerator, denominator } }) === undefined,
    fieldError('invalid'),
  );

const rendition = z
  .object({
    sizeBytes: z.number().int().min(1),
    initSegment: byteRange,
    segments: z
      .array(z.object({ durationUs: z.number().int().min(1), byteRange }))
      .min(1)
      .max(MAX_SEGMENTS),
  })
  .refine(
    ({ sizeBytes, initSegment, segments }) =>
      [initSegment, ...segments.map((segment) => segment.byteRange)].every(
        ({ offset, length }) => offset + length <= sizeBytes,
      ),
    { path: ['segments'], ...fieldError('outsideObject') },
  );

export const CompleteJobRequest = z.object({
  ...lease,
  result: z.discriminatedUnion('$case', [
    z
      .object({ $case: z.literal('probe'), probe })
      .transform((result) => ({ kind: 'probe' as const, probe: result.probe })),
    z
      .object({ $case: z.literal('rendition'), rendition })
      .transform((result) => ({ kind: 'rendition' as const, rendition: result.rendition })),
  ]),
});
export type CompleteJobRequest = z.infer<typeof CompleteJobRequest>;
