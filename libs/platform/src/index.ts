export {
  baseEnv,
  brokerList,
  grpcServerEnv,
  grpcTarget,
  hostPort,
  postgresUrl,
  type BaseConfig,
  type GrpcServerConfig,
  type HostPort,
} from './config/base-env.js';
export { loadConfig } from './config/load-config.js';
export { parseRequest } from './request/parse-request.js';
export { moment, pageSize, textLine } from './request/request-fields.js';
export {
  currentContext,
  requireCaller,
  requireEditor,
  runInContext,
  type RequestContext,
  type Caller,
  type CallerRole,
} from './context/request-context.js';
export { newTraceId, traceIdOf, traceparent } from './context/trace-parent.js';
export { createLogger, type Logger } from './logging/logger.js';
export { NestLogger } from './logging/nest-logger.js';
export { Readiness, type ReadinessCheck, type ReadinessReport } from './health/readiness.js';
export { createGrpcClient, type CallLimits, type ClientPolicy, type GrpcClient } from './grpc/grpc-client.js';
export { PlatformModule } from './process/platform.module.js';
export { Shutdown } from './process/shutdown.js';
export { runProcess, type ProcessOptions, type ProcessParts } from './process/run-process.js';
export { createGrpcService, runGrpcService, type GrpcServiceOptions } from './process/run-grpc-service.js';
export { retryDelayMs } from './waiting/backoff.js';
export { sleep, whenAborted } from './waiting/sleep.js';
