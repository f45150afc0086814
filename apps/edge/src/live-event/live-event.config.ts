import { z } from 'zod';

export const liveEventEnv = {
  /** Key of the log in Valkey, and name of the consumer group. Unique per installation that shares Valkey or Kafka. */
  LIVE_EVENTS_NAME: z
    .string()
    .regex(/^[\w.-]+$/)
    .default('viernes.edge.live-events'),
  /** Maximum number of events in the log, after which clients can resume. About 300 bytes each. */
  LIVE_EVENTS_MAX: z.coerce.number().int().min(100).default(50_000),
};
