import { grpcTarget, type BaseConfig } from '@viernes/platform';
import { z } from 'zod';

export const workerEnv = {
  /** The video service's worker port: `dns:///127.0.0.1:8404`. */
  VIDEO_ADDRESS: grpcTarget,
  /** Number of concurrent jobs. */
  JOB_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(1),
};

export type WorkerConfig = Readonly<z.infer<z.ZodObject<typeof workerEnv>>> & Pick<BaseConfig, 'DRAIN_TIMEOUT_MS'>;

/** Injects the WorkerConfig. */
export const WORKER_CONFIG = Symbol('WorkerConfig');
