import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import type { CallerRole } from '@viernes/platform';
import type { Profile } from '../profile/profile.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import type { Account } from './account.js';
import { AccountRepository } from './account.repository.js';
import { PasswordHashing } from './password-hashing.js';

export interface NewAccount {
  readonly email: string;
  readonly password: string;
  readonly profileName: string;
}

@Injectable()
export class CreateAccount {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly profiles: ProfileRepository,
    private readonly passwords: PasswordHashing,
    private readonly transactions: Transactions,
  ) {}

  /** An account with its first profile. @throws CodedError EMAIL_TAKEN, OVERLOADED */
  async run(
    { email, password, profileName }: NewAccount,
    role: CallerRole = 'viewer',
  ): Promise<{ account: Account; profiles: Profile[] }> {
    const passwordHash = await this.passwords.hash(password);
    return this.transactions.run(async (tx) => {
      const account = await this.accounts.insert(tx, { id: randomUUID(), email, role, passwordHash });
      if (!account) throw new CodedError('EMAIL_TAKEN');
      const profile = await this.profiles.insert(tx, { id: randomUUID(), accountId: account.id, name: profileName });
      return { account, profiles: [profile] };
    });
  }
}
