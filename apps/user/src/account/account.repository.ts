import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { CodedError } from '@viernes/contracts';
import { QueryError, type Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import { AccountEntity, EMAIL_UNIQUE } from './account.entity.js';
import type { Account, AccountCredentials } from './account.js';

@Injectable()
export class AccountRepository {
  constructor(@InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>) {}

  /** @param key the email of a login, or the ID of a caller */
  async findCredentials(key: { email: string } | { id: string }): Promise<AccountCredentials | undefined> {
    const row = await this.accounts.findOneBy(key);
    if (!row) return undefined;
    return { account: toAccount(row), passwordHash: row.passwordHash };
  }

  /** @throws CodedError UNAUTHENTICATED if the account does not exist anymore */
  async get(tx: Transaction, id: string): Promise<Account> {
    const row = await tx.findOneBy(AccountEntity, { id });
    if (!row) throw new CodedError('UNAUTHENTICATED', { reason: 'no account' });
    return toAccount(row);
  }

  /** @returns undefined if another account has the email */
  async insert(
    tx: Transaction,
    { passwordHash, ...account }: Omit<Account, 'createdAt'> & { readonly passwordHash: string },
  ): Promise<Account | undefined> {
    const { raw } = await tx
      .createQueryBuilder()
      .insert()
      .into(AccountEntity)
      .values({ ...account, passwordHash })
      .orIgnore()
      .returning('created_at')
      .execute();
    const [row] = raw as { created_at: Date }[];
    return row && { ...account, createdAt: row.created_at };
  }

  async isEmailTaken(email: string): Promise<boolean> {
    return this.accounts.existsBy({ email });
  }

  async setPassword(tx: Transaction, id: string, passwordHash: string): Promise<void> {
    await tx.update(AccountEntity, { id }, { passwordHash });
  }

  /**
   * Stores an address that its owner has verified. Serves verifications and changes of the address alike.
   *
   * @throws CodedError EMAIL_TAKEN if another account has the address by now
   */
  async setVerifiedEmail(tx: Transaction, id: string, email: string): Promise<void> {
    try {
      await tx.update(AccountEntity, { id }, { email, emailVerifiedAt: () => 'now()' });
    } catch (error) {
      // A check before the update would miss a concurrent sign-up.
      const isTaken = error instanceof QueryError && error.constraint === EMAIL_UNIQUE;
      throw isTaken ? new CodedError('EMAIL_TAKEN') : error;
    }
  }
}

function toAccount({ passwordHash: _, ...account }: AccountEntity): Account {
  return account;
}
