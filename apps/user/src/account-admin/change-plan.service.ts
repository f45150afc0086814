import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { hasRole, type Caller } from '@viernes/platform';
import type { Account } from '../account/account.js';
import { AccountRepository } from '../account/account.repository.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';

@Injectable()
export class ChangePlan {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Assigns a plan. It takes effect with the next access token of each session, and with the next verification of each API
   * key. Safe to repeat.
   *
   * @throws CodedError ACCOUNT_NOT_FOUND; FORBIDDEN if the caller is no longer an admin
   */
  async run(caller: Caller, accountId: string, plan: string): Promise<Account> {
    return this.transactions.run(async (tx) => {
      const accounts = await this.accounts.lockAll(tx, [...new Set([accountId, caller.accountId])]);
      const admin = accounts.find(({ id }) => id === caller.accountId);
      if (!hasRole(admin?.role, 'admin')) throw new CodedError('FORBIDDEN', { needs: 'admin' });
      const account = accounts.find(({ id }) => id === accountId);
      if (!account) throw new CodedError('ACCOUNT_NOT_FOUND', { accountId });
      if (account.plan === plan) return account;
      await this.accounts.setPlan(tx, accountId, plan);
      await this.events.insert(tx, { kind: 'planChanged', accountId });
      return { ...account, plan };
    });
  }
}
