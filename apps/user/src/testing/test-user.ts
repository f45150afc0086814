import { randomUUID } from 'node:crypto';
import { userV1 } from '@viernes/contracts';
import type { GrpcClient } from '@viernes/platform';
import { newCaller, runAs, startTestService, type TestService } from '@viernes/platform/testing';
import { eventually, uniqueName, type TestDatabase } from '@viernes/testing';
import { readConfig } from '../config.js';
import type { ProviderSettings } from '../identity/identity.config.js';
import { MailDelivery } from '../mail/mail-delivery.js';
import { UserModule } from '../user.module.js';
import { TestMailbox, type TestMail } from './test-mailbox.js';

export const PASSWORD = 'correct horse battery';

/** The user service, which runs in the process of the test. */
export interface TestUser extends Pick<TestService, 'app' | 'database' | 'get' | 'stop'> {
  /** Waits for the next mail to an address. Each mail is returned once. */
  readonly receiveMail: (email: string) => Promise<TestMail>;
  /** Delivers all mails, and returns the number of those that `receiveMail` has not returned. */
  readonly countMails: (email: string) => Promise<number>;
  readonly client: GrpcClient<userV1.UserServiceService>;
}

export interface TestUserOptions {
  readonly admin?: { readonly email: string; readonly password: string };
  readonly editor?: { readonly email: string; readonly password: string };
  /** Sends mails to this server, instead of to a folder. */
  readonly smtpUrl?: string;
  /** The OpenID providers that users can sign in with. */
  readonly providers?: readonly ProviderSettings[];
  /** The database of another replica, which outlives this one. Default: a new one, which `stop` drops. */
  readonly database?: TestDatabase;
}

/** Starts the service in this process with its own database and consumer group. It is ready on return. */
export async function startUser({
  admin,
  editor,
  database,
  providers = [],
  smtpUrl,
}: TestUserOptions = {}): Promise<TestUser> {
  const mailbox = await TestMailbox.create();
  const settings = {
    ...(smtpUrl === undefined
      ? { MAIL_TRANSPORT: 'file', MAIL_DIR: mailbox.dir }
      : { MAIL_TRANSPORT: 'smtp', SMTP_URL: smtpUrl }),
    ...(admin && { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password }),
    OIDC_PROVIDERS: JSON.stringify(providers),
    ...(editor && { EDITOR_EMAIL: editor.email, EDITOR_PASSWORD: editor.password }),
  };
  const service = await startTestService({
    module: (env) => UserModule.forConfig(readConfig({ ...env, ...settings }), uniqueName('user')),
    definitions: { 'viernes.user.v1.UserService': userV1.UserServiceService },
    ...(database && { database }),
  });
  return {
    ...service,
    client: service.client(userV1.UserServiceService),
    receiveMail: (email) => mailbox.receive(email),
    countMails: async (email) => {
      await service.get(MailDelivery).run(new AbortController().signal);
      return mailbox.count(email);
    },
    stop: async () => {
      await service.stop();
      await mailbox.remove();
    },
  };
}

export interface TestAccount {
  readonly email: string;
  readonly accountId: string;
  readonly profileId: string;
  /** Runs work whose gRPC calls act for this account and its profile. */
  readonly run: <Result>(work: () => Promise<Result>, sessionId?: string) => Promise<Result>;
  readonly runWithoutProfile: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Runs work in a session that has selected another profile. */
  readonly runAsProfile: <Result>(work: () => Promise<Result>, profileId?: string) => Promise<Result>;
}

/** Creates an account with the password PASSWORD. */
export async function signUp({ client }: TestUser): Promise<TestAccount> {
  const email = `${uniqueName('ada')}@example.org`;
  const { account, profiles } = await client.createAccount({ email, password: PASSWORD, profileName: 'Ada' });
  const accountId = account?.id ?? '';
  const ownProfileId = profiles[0]?.id ?? '';
  return {
    email,
    accountId,
    profileId: ownProfileId,
    run: (work, sessionId) =>
      runAs({ ...newCaller(), accountId, profileId: ownProfileId, ...(sessionId && { sessionId }) }, work),
    runWithoutProfile: (work) => runAs({ ...newCaller(), accountId }, work),
    runAsProfile: (work, profileId = ownProfileId) => runAs({ ...newCaller(), accountId, profileId }, work),
  };
}

export async function signInWithPassword(
  { client }: TestUser,
  email: string,
  password = PASSWORD,
): Promise<userV1.Session> {
  const { session } = await client.createSession({ email, password });
  if (!session) throw new Error('the response contains no session');
  return session;
}

/** Creates an API key that acts for the profile of an account. */
export async function createApiKey(
  { client }: TestUser,
  account: TestAccount,
  changes: Partial<userV1.CreateApiKeyRequest> = {},
): Promise<{ readonly apiKey: userV1.ApiKey; readonly secret: string }> {
  const request = { password: PASSWORD, name: 'CI', scopes: ['catalog:read'], validDays: 0, ...changes };
  const { apiKey, secret } = await account.run(() => client.createApiKey(request));
  if (!apiKey) throw new Error('the response contains no API key');
  return { apiKey, secret };
}

/** Lists the kinds of the latest security events of an account, newest first, without the prefix of the enum. */
export async function listEventKinds({ client }: TestUser, account: TestAccount): Promise<string[]> {
  const { events } = await account.run(() => client.listSecurityEvents({ pageSize: 0, cursor: '' }));
  return events.map(({ kind }) => userV1.SecurityEventKind[kind].replace('SECURITY_EVENT_KIND_', ''));
}

/** Links an identity of a provider that is not in the settings. @returns its ID */
export async function insertIdentity({ database }: TestUser, { accountId }: TestAccount): Promise<string> {
  const id = randomUUID();
  await database.query(
    `INSERT INTO identity (id, account_id, issuer, subject) VALUES ($1, $2, 'https://id.example', 'ada')`,
    [id, accountId],
  );
  return id;
}

/** Waits until a statement waits for a lock. */
export async function waitUntilBlocked({ database }: TestUser): Promise<void> {
  const blocked = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await eventually(async () => (await database.query(blocked)).length > 0);
}
