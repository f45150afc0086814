import { baseEnv, brokerList, grpcServerEnv, loadConfig, postgresUrl } from '@viernes/platform';
import { z } from 'zod';
import { email, newPassword } from './account/account.requests.js';

export const Env = z
  .object({
    ...baseEnv,
    ...grpcServerEnv,
    DATABASE_URL: postgresUrl,
    KAFKA_BROKERS: brokerList,
    /** An account with the role editor, made at start where there is none with this email. */
    EDITOR_EMAIL: email.optional(),
    EDITOR_PASSWORD: newPassword.optional(),
  })
  .refine((env) => (env.EDITOR_EMAIL === undefined) === (env.EDITOR_PASSWORD === undefined), {
    path: ['EDITOR_PASSWORD'],
    error: 'must come together with EDITOR_EMAIL, or neither',
    // Also where other settings are at fault: all are told at once.
    when: () => true,
  });

export type UserConfig = Readonly<z.infer<typeof Env>>;

/** @throws Error that lists every fault of the settings */
export function readConfig(env: NodeJS.ProcessEnv): UserConfig {
  return loadConfig(Env, env);
}
