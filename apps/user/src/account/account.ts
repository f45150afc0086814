import type { CallerRole } from '@viernes/platform';

export interface Account {
  readonly id: string;
  /** In its normal form, so that each spelling identifies the same account. */
  readonly email: string;
  /** Null until the owner opened a link that was sent to the email. */
  readonly emailVerifiedAt: Date | null;
  /** Language of the mails to the owner while no profile is selected: a tag of the translations. */
  readonly language: string;
  readonly role: CallerRole;
  /** Name of a plan of the gateway, which limits the requests of the account. */
  readonly plan: string;
  readonly createdAt: Date;
}

export interface AccountCredentials {
  readonly account: Account;
  /** argon2id in PHC string format. Null if the owner has never set a password. */
  readonly passwordHash: string | null;
}
