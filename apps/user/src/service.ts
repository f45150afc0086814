import { userV1 } from '@viernes/contracts';
import { MESSAGING_DEFINITIONS } from '@viernes/messaging';
import type { GrpcServiceOptions } from '@viernes/platform';
import { readConfig } from './config.js';
import { UserModule } from './user.module.js';

/** Composes the service, for a separate process and for the monolith. @throws Error that lists all invalid settings */
export function composeService(env: NodeJS.ProcessEnv): GrpcServiceOptions {
  const config = readConfig(env);
  return {
    name: 'user',
    config,
    module: UserModule.forConfig(config),
    definitions: { 'viernes.user.v1.UserService': userV1.UserServiceService, ...MESSAGING_DEFINITIONS },
  };
}
