import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, DEFAULT_PLAN } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import type { CallerRole } from '@viernes/platform';
import { MailLinks } from '../mail-link/mail-links.js';
import { toNewProfile, type Profile } from '../profile/profile.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import type { Account, AccountCredentials } from './account.js';
import { AccountRepository } from './account.repository.js';
import type { CreateAccountRequest } from './account.requests.js';
import { PasswordHashing } from './password-hashing.js';

@Injectable()
export class CreateAccount {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly profiles: ProfileRepository,
    private readonly passwords: PasswordHashing,
    private readonly links: MailLinks,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Creates an account with its first profile, and sends a link that verifies the email. Only accounts from the
   * settings have a role other than `viewer`, and their emails need no verification.
   *
   * @throws CodedError EMAIL_TAKEN, OVERLOADED
   */
  async run(
    { email, password, profileName, language }: CreateAccountRequest,
    role: CallerRole = 'viewer',
  ): Promise<{ account: Account; profiles: Profile[] }> {
    const passwordHash = await this.passwords.hash(password);
    const emailVerifiedAt = role === 'viewer' ? null : new Date();
    return this.transactions.run(async (tx) => {
      const draft = { email, emailVerifiedAt, language, role, passwordHash };
      const created = await this.insert(tx, draft, profileName);
      if (!created) throw new CodedError('EMAIL_TAKEN');
      if (!emailVerifiedAt) await this.links.send(tx, 'emailVerification', created.account);
      return created;
    });
  }

  /**
   * Creates an account without a password, whose email a sign-in provider has verified.
   *
   * @returns undefined if another account has the email
   */
  async runVerified(
    tx: Transaction,
    { profileName, ...owner }: Omit<CreateAccountRequest, 'password'>,
  ): Promise<Account | undefined> {
    const draft = { ...owner, emailVerifiedAt: new Date(), role: 'viewer', passwordHash: null } as const;
    return (await this.insert(tx, draft, profileName))?.account;
  }

  private async insert(
    tx: Transaction,
    draft: Omit<Account, 'id' | 'plan' | 'createdAt'> & Pick<AccountCredentials, 'passwordHash'>,
    profileName: string,
  ): Promise<{ account: Account; profiles: Profile[] } | undefined> {
    const account = await this.accounts.insert(tx, { ...draft, id: randomUUID(), plan: DEFAULT_PLAN });
    if (!account) return undefined;
    const profile = toNewProfile({ id: randomUUID(), name: profileName, language: account.language });
    await this.profiles.insert(tx, account.id, profile);
    await this.events.insert(tx, { kind: 'accountCreated', accountId: account.id });
    return { account, profiles: [profile] };
  }
}
