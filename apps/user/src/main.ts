import { userV1 } from '@viernes/contracts';
import { MESSAGING_DEFINITIONS } from '@viernes/messaging';
import { runGrpcService } from '@viernes/platform';
import { readConfig } from './config.js';
import { UserModule } from './user.module.js';

const config = readConfig(process.env);

await runGrpcService({
  name: 'user',
  config,
  module: UserModule.forConfig(config),
  definitions: { 'viernes.user.v1.UserService': userV1.UserServiceService, ...MESSAGING_DEFINITIONS },
});
