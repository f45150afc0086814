import { baseEnv, brokerList, grpcServerEnv, loadConfig, postgresUrl } from '@viernes/platform';
import { z } from 'zod';
import { webhookEnv } from './webhook/webhook.config.js';

export const Env = z.object({
  ...baseEnv,
  ...grpcServerEnv,
  DATABASE_URL: postgresUrl,
  /** A streaming replica of the database, which serves reads. Without it, the database serves them. */
  DATABASE_REPLICA_URL: postgresUrl.optional(),
  /** Reads use the database while the lag of the replica is greater. */
  DATABASE_REPLICA_MAX_LAG_SECONDS: z.coerce.number().min(0.1).max(3_600).default(10),
  KAFKA_BROKERS: brokerList,
  ...webhookEnv,
});

export type CatalogConfig = Readonly<z.infer<typeof Env>>;

/** @throws Error that lists all invalid settings */
export function readConfig(env: NodeJS.ProcessEnv): CatalogConfig {
  return loadConfig(Env, env);
}

/** Reads the settings of the rebuild command. @throws Error that lists all invalid settings */
export function readRebuildConfig(env: NodeJS.ProcessEnv): Pick<CatalogConfig, 'DATABASE_URL' | 'KAFKA_BROKERS'> {
  return loadConfig(Env.pick({ DATABASE_URL: true, KAFKA_BROKERS: true }), env);
}
