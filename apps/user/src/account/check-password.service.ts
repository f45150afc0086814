import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { Account } from './account.js';
import { AccountRepository } from './account.repository.js';
import { PasswordHashing } from './password-hashing.js';

/** Confirms that the caller is the owner, before a change that a person with an unlocked device must not make. */
@Injectable()
export class CheckPassword {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwords: PasswordHashing,
  ) {}

  /** @returns the account of the caller @throws CodedError PASSWORD_WRONG, OVERLOADED */
  async run(accountId: string, password: string): Promise<Account> {
    const credentials = await this.accounts.findCredentials({ id: accountId });
    const isCorrect = await this.passwords.verify(credentials?.passwordHash, password);
    if (!credentials || !isCorrect) throw new CodedError('PASSWORD_WRONG');
    return credentials.account;
  }
}
