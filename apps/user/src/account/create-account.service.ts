import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, DEFAULT_PLAN } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import type { CallerRole } from '@viernes/platform';
import { MailLinks } from '../mail-link/mail-links.js';
import { toNewProfile, type Profile } from '../profile/profile.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import type { Account } from './account.js';
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
   * Creates an account with its first profile, and sends a link that verifies the email. Only the settings create accounts
   * with another role than `viewer`, and their email needs no verification.
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
      const draft = { id: randomUUID(), email, emailVerifiedAt, language, role, plan: DEFAULT_PLAN, passwordHash };
      const account = await this.accounts.insert(tx, draft);
      if (!account) throw new CodedError('EMAIL_TAKEN');
      const profile = toNewProfile({ id: randomUUID(), name: profileName, language });
      await this.profiles.insert(tx, account.id, profile);
      await this.events.insert(tx, { kind: 'accountCreated', accountId: account.id });
      if (!emailVerifiedAt) await this.links.send(tx, 'emailVerification', account);
      return { account, profiles: [profile] };
    });
  }
}
