import type { CallerRole } from '@viernes/platform';

export interface Account {
  readonly id: string;
  /** In lower case: one person, one account, however they write it. */
  readonly email: string;
  readonly role: CallerRole;
  readonly createdAt: Date;
}
