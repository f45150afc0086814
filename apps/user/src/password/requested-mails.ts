import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Database, Transactions, type Transaction } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { AccountRepository } from '../account/account.repository.js';
import { MailLinks } from '../mail-link/mail-links.js';
import { MailRequestRepository } from '../mail-request/mail-request.repository.js';
import { MailQueue } from '../mail/mail-queue.js';

const INTERVAL_MS = 1_000;

/** Sends the mails that were requested for an email, if it has an account. */
@Injectable()
export class RequestedMails implements OnModuleInit {
  constructor(
    private readonly requests: MailRequestRepository,
    private readonly accounts: AccountRepository,
    private readonly links: MailLinks,
    private readonly mails: MailQueue,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.add({ name: 'requested mails', intervalMs: INTERVAL_MS, run: (signal) => this.run(signal) });
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.database.whenReady();
    while (!signal.aborted && (await this.transactions.run((tx) => this.sendNext(tx))));
  }

  /** @returns false if there is no request */
  private async sendNext(tx: Transaction): Promise<boolean> {
    const request = await this.requests.take(tx);
    if (!request) return false;
    const credentials = await this.accounts.findCredentials({ email: request.email });
    if (!credentials) return true;
    if (request.kind === 'accountLock') {
      await this.mails.add(tx, credentials.account, 'accountLock', '/forgot-password');
      return true;
    }
    try {
      await this.links.send(tx, 'passwordReset', credentials.account);
    } catch (error) {
      // The owner has received enough links. A response would reveal that the account exists.
      if (!(error instanceof CodedError && error.code === 'MAIL_LIMIT_REACHED')) throw error;
    }
    return true;
  }
}
