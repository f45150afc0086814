import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { CodedError } from '@viernes/contracts';
import { QueryError, type Transaction } from '@viernes/database';
import { uuid } from '@viernes/platform';
import { In, IsNull, Not, Repository } from 'typeorm';
import { AccountEntity, EMAIL_UNIQUE } from './account.entity.js';
import type { Account, AccountCredentials } from './account.js';

/** Does not delay inserts of rows that refer to the account. */
const LOCK = { mode: 'for_no_key_update' } as const;

const NOT_DELETED = { deletionRequestedAt: IsNull() };

export interface AccountPage {
  readonly accounts: readonly Account[];
  /** Empty on the last page. */
  readonly nextCursor: string;
}

/** An account whose deletion was requested does not exist for these methods, except that its email is still taken. */
@Injectable()
export class AccountRepository {
  constructor(@InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>) {}

  /** @param key the email of a sign-in, or the ID of a caller */
  async findCredentials(key: { email: string } | { id: string }): Promise<AccountCredentials | undefined> {
    const row = await this.accounts.findOneBy({ ...key, ...NOT_DELETED });
    if (!row) return undefined;
    return { account: toAccount(row), passwordHash: row.passwordHash };
  }

  /** @returns false also if the account does not exist */
  async hasPassword(id: string): Promise<boolean> {
    return this.accounts.existsBy({ id, passwordHash: Not(IsNull()), ...NOT_DELETED });
  }

  async hasAdmin(): Promise<boolean> {
    return this.accounts.existsBy({ role: 'admin', ...NOT_DELETED });
  }

  /** @throws CodedError UNAUTHENTICATED if the account no longer exists */
  async get(tx: Transaction, id: string): Promise<Account> {
    const row = await tx.findOneBy(AccountEntity, { id, ...NOT_DELETED });
    if (!row) throw new CodedError('UNAUTHENTICATED', { reason: 'no account' });
    return toAccount(row);
  }

  /** @returns undefined if another account has the email */
  async insert(
    tx: Transaction,
    { passwordHash, ...account }: Omit<Account, 'createdAt'> & Pick<AccountCredentials, 'passwordHash'>,
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

  /**
   * Lists accounts by email.
   *
   * @param cursor the ID of the last account of the previous page, empty for the first page
   * @throws CodedError CURSOR_INVALID
   */
  async listPage(emailPrefix: string, cursor: string, pageSize: number): Promise<AccountPage> {
    const after = cursor === '' ? undefined : await this.findEmail(cursor);
    const query = this.accounts
      .createQueryBuilder('account')
      .where(NOT_DELETED)
      .andWhere('account.email LIKE :pattern', { pattern: `${emailPrefix.replaceAll(/[%_\\]/g, '\\$&')}%` })
      .orderBy('account.email')
      // One extra account shows whether there is a next page.
      .limit(pageSize + 1);
    if (after !== undefined) query.andWhere('account.email > :after', { after });
    const found = await query.getMany();
    const accounts = found.slice(0, pageSize).map(toAccount);
    return { accounts, nextCursor: found.length > pageSize ? (accounts.at(-1)?.id ?? '') : '' };
  }

  private async findEmail(cursor: string): Promise<string> {
    const id = uuid.safeParse(cursor).data;
    const row = id === undefined ? null : await this.accounts.findOneBy({ id });
    if (!row) throw new CodedError('CURSOR_INVALID');
    return row.email;
  }

  /** Finds accounts, and locks them until the transaction ends, in the order of the IDs to prevent deadlocks. */
  async lockAll(tx: Transaction, ids: readonly string[]): Promise<Account[]> {
    const where = { id: In([...ids]), ...NOT_DELETED };
    const rows = await tx.find(AccountEntity, { where, order: { id: 'ASC' }, lock: LOCK });
    return rows.map(toAccount);
  }

  /**
   * Locks an account whose password was verified, until the transaction ends, and returns its current state.
   *
   * @returns undefined if the password has changed since then, or the account is deleted
   */
  async lockVerified(tx: Transaction, { account, passwordHash }: AccountCredentials): Promise<Account | undefined> {
    if (passwordHash === null) return undefined;
    const row = await tx.findOne(AccountEntity, {
      where: { id: account.id, passwordHash, ...NOT_DELETED },
      lock: LOCK,
    });
    return row ? toAccount(row) : undefined;
  }

  /**
   * Locks an account and all admins until the transaction ends. Uses one statement, so that it locks in the
   * same order as `lockAll`.
   *
   * @returns the IDs of the admins
   */
  async lockWithAdmins(tx: Transaction, id: string): Promise<string[]> {
    const where = [
      { id, ...NOT_DELETED },
      { role: 'admin' as const, ...NOT_DELETED },
    ];
    const rows = await tx.find(AccountEntity, { where, order: { id: 'ASC' }, lock: LOCK });
    return rows.filter(({ role }) => role === 'admin').map((row) => row.id);
  }

  async setDeletionRequested(tx: Transaction, id: string): Promise<void> {
    await tx.update(AccountEntity, { id }, { deletionRequestedAt: () => 'now()' });
  }

  /** Deletes an account, and all rows that refer to it. */
  async delete(tx: Transaction, id: string): Promise<void> {
    await tx.delete(AccountEntity, { id });
  }

  async setRole(tx: Transaction, id: string, role: Account['role']): Promise<void> {
    await tx.update(AccountEntity, { id }, { role });
  }

  async setPlan(tx: Transaction, id: string, plan: string): Promise<void> {
    await tx.update(AccountEntity, { id }, { plan });
  }

  async isEmailTaken(tx: Transaction, email: string): Promise<boolean> {
    return tx.existsBy(AccountEntity, { email });
  }

  async setLanguage(tx: Transaction, id: string, language: string): Promise<void> {
    await tx.update(AccountEntity, { id }, { language });
  }

  async setPassword(tx: Transaction, id: string, passwordHash: string): Promise<void> {
    await tx.update(AccountEntity, { id }, { passwordHash });
  }

  /**
   * Stores an email that its owner has verified, after a sign-up or a change. An email that was verified before retains
   * the time of its verification.
   *
   * @throws CodedError EMAIL_TAKEN if another account has the email by now
   */
  async setVerifiedEmail(tx: Transaction, id: string, email: string): Promise<void> {
    try {
      await tx
        .createQueryBuilder()
        .update(AccountEntity)
        .set({
          email,
          emailVerifiedAt: () => 'CASE WHEN email = :email THEN coalesce(email_verified_at, now()) ELSE now() END',
        })
        .where({ id })
        .setParameters({ email })
        .execute();
    } catch (error) {
      // A check before the update would miss a concurrent sign-up.
      const isTaken = error instanceof QueryError && error.constraint === EMAIL_UNIQUE;
      throw isTaken ? new CodedError('EMAIL_TAKEN') : error;
    }
  }
}

function toAccount({ passwordHash: _, deletionRequestedAt: _deletion, ...account }: AccountEntity): Account {
  return account;
}
