import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Database, Transactions, type Transaction } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { AccountRepository } from '../account/account.repository.js';
import { MailLinks } from '../mail-link/mail-links.js';
import { PasswordResetRequestRepository } from './password-reset-request.repository.js';

const INTERVAL_MS = 1_000;

/**
 * Sends the links of requested password resets. In the background, so that a request does the same work
 * whether the email has an account or not.
 */
@Injectable()
export class PasswordResetMails implements OnModuleInit {
  constructor(
    private readonly requests: PasswordResetRequestRepository,
    private readonly accounts: AccountRepository,
    private readonly links: MailLinks,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.add({ name: 'password reset mails', intervalMs: INTERVAL_MS, run: (signal) => this.run(signal) });
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.database.whenReady();
    while (!signal.aborted && (await this.transactions.run((tx) => this.sendNext(tx))));
  }

  /** @returns false if there is no request */
  private async sendNext(tx: Transaction): Promise<boolean> {
    const email = await this.requests.take(tx);
    if (email === undefined) return false;
    const credentials = await this.accounts.findCredentials({ email });
    if (!credentials) return true;
    try {
      await this.links.send(tx, 'passwordReset', credentials.account);
    } catch (error) {
      // The owner has received enough links. A response would reveal that the account exists.
      if (!(error instanceof CodedError && error.code === 'MAIL_LIMIT_REACHED')) throw error;
    }
    return true;
  }
}
