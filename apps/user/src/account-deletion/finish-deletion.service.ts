import { Injectable, Logger } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { UsageRepository } from '../usage/usage.repository.js';
import type { DeletingService } from './account-deletion.js';
import { AccountDeletionRepository } from './account-deletion.repository.js';

/** The last step of a deletion (decision 28). */
@Injectable()
export class FinishDeletion {
  private readonly logger = new Logger(FinishDeletion.name);

  constructor(
    private readonly deletions: AccountDeletionRepository,
    private readonly accounts: AccountRepository,
    private readonly events: SecurityEventRepository,
    private readonly usage: UsageRepository,
  ) {}

  /**
   * Records the response of a service. After the last one, deletes the account with its profiles, sessions, links, and
   * events. Its usage remains, without the ID of the account. Ignores responses to repeated requests.
   */
  async run(tx: Transaction, accountId: string, service: DeletingService): Promise<void> {
    if (!(await this.deletions.recordResponse(tx, accountId, service))) return;
    await this.events.forgetActor(tx, accountId);
    await this.usage.forgetAccount(tx, accountId);
    await this.accounts.delete(tx, accountId);
    await this.deletions.finish(tx, accountId);
    this.logger.log({ accountId }, 'account deleted');
  }
}
