import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import { AccountEntity } from './account.entity.js';
import type { Account, AccountCredentials } from './account.js';

@Injectable()
export class AccountRepository {
  constructor(@InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>) {}

  async findCredentials(email: string): Promise<AccountCredentials | undefined> {
    const row = await this.accounts.findOneBy({ email });
    if (!row) return undefined;
    const { passwordHash, ...account } = row;
    return { account, passwordHash };
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
}
