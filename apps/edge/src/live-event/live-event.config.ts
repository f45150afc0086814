import { z } from 'zod';

export const liveEventEnv = {
  /** Key of the log in Valkey, and name of the consumer group. Must be unique among installations that share Valkey or Kafka. */
  LIVE_EVENTS_NAME: z
    .string()
    .regex(/^[\w.-]+$/)
    .default('viernes.edge.live-events'),
  /** Maximum number of events in the log, about 300 bytes each. Clients can resume after any of them. */
  LIVE_EVENTS_MAX: z.coerce.number().int().min(100).default(50_000),
};
