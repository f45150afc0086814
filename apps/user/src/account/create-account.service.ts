import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import type { CallerRole } from '@viernes/platform';
import { ProfileRepository, type Profile } from '../profile/profile.repository.js';
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
    private readonly transactions: Transactions,
  ) {}

  /** Creates an account with its first profile. @throws CodedError EMAIL_TAKEN, OVERLOADED */
  async run(
    { email, password, profileName }: CreateAccountRequest,
    role: CallerRole = 'viewer',
  ): Promise<{ account: Account; profiles: Profile[] }> {
    const passwordHash = await this.passwords.hash(password);
    return this.transactions.run(async (tx) => {
      const account = await this.accounts.insert(tx, { id: randomUUID(), email, role, passwordHash });
      if (!account) throw new CodedError('EMAIL_TAKEN');
      const profile = { id: randomUUID(), name: profileName };
      await this.profiles.insert(tx, account.id, profile);
      return { account, profiles: [profile] };
    });
  }
}
