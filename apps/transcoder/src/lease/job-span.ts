import type { transcodeV1 } from '@viernes/contracts';
import {
  continueTrace,
  failSpan,
  newTraceId,
  parseTraceparent,
  runInContext,
  SpanKind,
  type SpanDescription,
} from '@viernes/platform';
import type { JobOutcome } from './run-job.service.js';

/** Runs a job in the trace of the request that created it. The job can start long after that request. */
export async function runInTraceOf(job: transcodeV1.Job, run: () => Promise<JobOutcome>): Promise<void> {
  const { traceparent } = job;
  const span = continueTrace(traceparent, () => describeJob(job));
  const traceId = parseTraceparent(traceparent)?.traceId ?? newTraceId();
  const outcome = await runInContext({ traceId, ...(span && { span }) }, run);
  if (!span) return;
  span.setAttribute('viernes.job.outcome', outcome);
  if (outcome !== 'completed') failSpan(span, outcome);
  span.end();
}

function describeJob({ id, assetId, attempt, spec }: transcodeV1.Job): SpanDescription {
  const kind = spec?.$case ?? 'unknown';
  const attributes = {
    'viernes.job.id': id,
    'viernes.job.kind': kind,
    'viernes.job.attempt': attempt,
    'viernes.asset.id': assetId,
    ...(spec?.$case === 'video' && { 'viernes.job.rung': spec.video.name }),
  };
  return { name: `transcode ${kind}`, kind: SpanKind.CONSUMER, attributes };
}
