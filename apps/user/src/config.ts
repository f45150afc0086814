import { baseEnv, brokerList, grpcServerEnv, loadConfig, postgresUrl } from '@viernes/platform';
import { z } from 'zod';
import { identityEnv } from './identity/identity.config.js';
import { initialAccountEnv } from './initial-account/initial-account.config.js';
import { mailEnv, TRANSPORT_SETTINGS } from './mail/mail.config.js';

export const Env = z
  .object({
    ...baseEnv,
    ...grpcServerEnv,
    DATABASE_URL: postgresUrl,
    KAFKA_BROKERS: brokerList,
    ...initialAccountEnv,
    ...mailEnv,
    ...identityEnv,
  })
  .refine((env) => (env.EDITOR_EMAIL === undefined) === (env.EDITOR_PASSWORD === undefined), {
    path: ['EDITOR_PASSWORD'],
    error: 'must be set if and only if EDITOR_EMAIL is set',
    // By default, zod checks this only if all settings are valid. With `when`, it reports all errors together.
    when: () => true,
  })
  .refine((env) => (env.ADMIN_EMAIL === undefined) === (env.ADMIN_PASSWORD === undefined), {
    path: ['ADMIN_PASSWORD'],
    error: 'must be set if and only if ADMIN_EMAIL is set',
    when: () => true,
  })
  .superRefine(
    (env, context) => {
      for (const [transport, path] of Object.entries(TRANSPORT_SETTINGS))
        if (env.MAIL_TRANSPORT === transport && env[path] === undefined)
          context.addIssue({ code: 'custom', path: [path], message: `must be set for MAIL_TRANSPORT=${transport}` });
    },
    { when: () => true },
  );

export type UserConfig = Readonly<z.infer<typeof Env>>;

/** @throws Error that lists all invalid settings */
export function readConfig(env: NodeJS.ProcessEnv): UserConfig {
  return loadConfig(Env, env);
}

/** Reads the settings of the rotation of signing keys. @throws Error that lists all invalid settings */
export function readRotationConfig(env: NodeJS.ProcessEnv): Pick<UserConfig, 'DATABASE_URL'> {
  return loadConfig(z.object({ DATABASE_URL: postgresUrl }), env);
}
