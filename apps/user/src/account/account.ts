import type { CallerRole } from '@viernes/platform';

export interface Account {
  readonly id: string;
  /** Lower case, so that each spelling identifies the same account. */
  readonly email: string;
  readonly role: CallerRole;
  readonly createdAt: Date;
}

export interface AccountCredentials {
  readonly account: Account;
  /** argon2id in PHC string format. */
  readonly passwordHash: string;
}
