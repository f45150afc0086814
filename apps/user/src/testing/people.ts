import { randomUUID } from 'node:crypto';
import type { userV1 } from '@viernes/contracts';
import { newTraceId, runInContext, type CallerRole } from '@viernes/platform';
import { uniqueName } from '@viernes/testing';
import type { TestUser } from './start-user.js';

export const PASSWORD = 'correct horse battery';

export interface Person {
  readonly email: string;
  readonly accountId: string;
  readonly profileId: string;
  /** Runs as this person, signed in. */
  readonly as: <Result>(work: () => Promise<Result>, sessionId?: string) => Promise<Result>;
}

export async function signUp({ client }: TestUser): Promise<Person> {
  const email = `${uniqueName('ada')}@example.org`;
  const { account, profiles } = await client.createAccount({ email, password: PASSWORD, profileName: 'Ada' });
  const accountId = account?.id ?? '';
  return {
    email,
    accountId,
    profileId: profiles[0]?.id ?? '',
    as: (work, sessionId = randomUUID()) => runAs('viewer', accountId, sessionId, work),
  };
}

export async function logIn({ client }: TestUser, email: string, password = PASSWORD): Promise<userV1.Session> {
  const { session } = await client.createSession({ email, password });
  if (!session) throw new Error('no session in the answer');
  return session;
}

function runAs<Result>(
  role: CallerRole,
  accountId: string,
  sessionId: string,
  work: () => Promise<Result>,
): Promise<Result> {
  return runInContext({ traceId: newTraceId(), accountId, sessionId, role }, work);
}
