export {
  baseEnv,
  brokerList,
  flag,
  grpcServerEnv,
  grpcTarget,
  hostPort,
  postgresUrl,
  type BaseConfig,
  type GrpcServerConfig,
  type HostPort,
} from './config/base-env.js';
export { loadConfig, selectSettings } from './config/load-config.js';
export { Access, CurrentCaller, type AccessLevel } from './access/access.js';
export { assertUnlimitedProfile } from './access/unlimited-profile.js';
export { findUndeclaredMethods, listGrpcMethods, type ListedMethod } from './access/grpc-methods.js';
export { fieldError, isFieldErrorReason, toFieldErrors, toReason } from './request/field-errors.js';
export { parseRequest } from './request/request-validation.js';
export { PageCursor, type Page } from './request/page-cursor.js';
export { pageSize, textLine, timestamp, uuid } from './request/field-schemas.js';
export {
  currentContext,
  hasRole,
  requireCaller,
  ROLES,
  runInContext,
  type RequestContext,
  type Caller,
  type Client,
  type CallerRole,
} from './context/request-context.js';
export { advancePosition, LATEST, POSITION } from './context/position.js';
export { withoutDeadline } from './context/without-deadline.js';
export { currentSpan, traceparent } from './context/current-span.js';
export { newTraceId, parseTraceId, parseTraceparent } from './context/trace-parent.js';
export { SpanKind, type Span } from '@opentelemetry/api';
export { continueTrace, failSpan, toErrorType, traced } from './tracing/traced.js';
export { addTraceSender, type TraceSender, type TraceSpans } from './tracing/trace-sender.js';
export { TraceSampling } from './tracing/trace-sampling.js';
export { flushSpans, startTrace, startTracing, stopTracing, type SpanDescription } from './tracing/tracing.js';
export { createLogger, type Logger } from './logging/logger.js';
export { runWithLogger } from './logging/current-logger.js';
export { NestLogger } from './logging/nest-logger.js';
export { BoundCounter, BoundGauge, BoundHistogram, type MutableNumber } from './metrics/bound-metrics.js';
export { Readiness, type ReadinessCheck, type ReadinessReport } from './health/readiness.js';
export {
  createGrpcClient,
  type CallLimits,
  type ClientFactory,
  type ClientPolicy,
  type GrpcClient,
} from './grpc/grpc-client.js';
export { splitTraffic } from './canary/split-traffic.js';
export { breakCircuits } from './circuit-breaker/break-circuits.js';
export { measureCalls } from './grpc/client-metrics.js';
export { createInProcessClient } from './in-process/in-process-client.js';
export { readObservable } from './in-process/read-observable.js';
export { InProcessServer } from './in-process/in-process-server.js';
export { CallSignal } from './grpc/call-signal.js';
export { PlatformModule } from './process/platform.module.js';
export { PeriodicTasks, type PeriodicTask } from './process/periodic-tasks.js';
export { Shutdown } from './process/shutdown.js';
export { createApplicationParts } from './process/application-parts.js';
export { runProcess, type ProcessOptions, type ProcessParts, type RunningApplication } from './process/run-process.js';
export { createGrpcService, runGrpcService, type GrpcServiceOptions } from './process/run-grpc-service.js';
export { batchReads, toBatchResult, type BatchedReads } from './batching/batch-reads.js';
export { WriteBatcher, type BatchLimits } from './batching/write-batcher.js';
export { ReadCoalescer } from './coalescing/read-coalescer.js';
export { TokenBucket } from './rate-limit/token-bucket.js';
export { retryDelayMs } from './waiting/backoff.js';
export { sleep, whenAborted } from './waiting/sleep.js';
export { runPeriodically, type PeriodicOptions } from './waiting/run-periodically.js';
