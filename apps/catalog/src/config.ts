import { baseEnv, brokerList, grpcServerEnv, loadConfig, postgresUrl } from '@viernes/platform';
import { z } from 'zod';

export const Env = z.object({
  ...baseEnv,
  ...grpcServerEnv,
  DATABASE_URL: postgresUrl,
  KAFKA_BROKERS: brokerList,
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
