import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import { AccountEntity } from './account.entity.js';
import type { Account } from './account.js';

const COLUMNS = 'id, email, role, created_at as "createdAt"';

@Injectable()
export class AccountRepository {
  constructor(@InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>) {}

  async findByEmail(email: string): Promise<(Account & { readonly passwordHash: string }) | undefined> {
    const [account] = await this.accounts.query<(Account & { passwordHash: string })[]>(
      `select ${COLUMNS}, password_hash as "passwordHash" from account where email = $1`,
      [email],
    );
    return account;
  }

  /** @returns undefined where the email has an account: of two at the same time, one wins */
  async insert(
    tx: Transaction,
    { id, email, role, passwordHash }: Omit<Account, 'createdAt'> & { readonly passwordHash: string },
  ): Promise<Account | undefined> {
    const [account] = await tx.query<Account[]>(
      `insert into account (id, email, role, password_hash) values ($1, $2, $3, $4)
       on conflict (email) do nothing returning ${COLUMNS}`,
      [id, email, role, passwordHash],
    );
    return account;
  }
}
