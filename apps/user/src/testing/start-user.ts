import { userV1 } from '@viernes/contracts';
import type { GrpcClient } from '@viernes/platform';
import { startTestService, type TestService } from '@viernes/platform/testing';
import { uniqueName, type TestDatabase } from '@viernes/testing';
import { readConfig } from '../config.js';
import { UserModule } from '../user.module.js';

export interface TestUser extends Pick<TestService, 'database' | 'get' | 'stop'> {
  readonly client: GrpcClient<userV1.UserServiceService>;
}

export interface UserOptions {
  readonly editor?: { readonly email: string; readonly password: string };
  /** The database of another replica, which is stopped later. */
  readonly database?: TestDatabase;
}

/** Starts the service in this process with its own database and consumer group. It is ready on return. */
export async function startUser({ editor, database }: UserOptions = {}): Promise<TestUser> {
  const settings = editor && { EDITOR_EMAIL: editor.email, EDITOR_PASSWORD: editor.password };
  const { client, ...service } = await startTestService({
    module: (env) => UserModule.forConfig(readConfig({ ...env, ...settings }), uniqueName('user')),
    definitions: { 'viernes.user.v1.UserService': userV1.UserServiceService },
    ...(database && { database }),
  });
  return { ...service, client: client(userV1.UserServiceService) };
}
