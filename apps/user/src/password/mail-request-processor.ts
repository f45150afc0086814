import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Database, Transactions, type Transaction } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { AccountRepository } from '../account/account.repository.js';
import { MailLinks } from '../mail-link/mail-links.js';
import { MailRequestRepository, type MailRequest } from '../mail-request/mail-request.repository.js';
import { MailQueue } from '../mail/mail-queue.js';

const INTERVAL_MS = 1_000;

/** Sends the link or the notice of each mail request, if its email has an account. */
@Injectable()
export class MailRequestProcessor implements OnModuleInit {
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
    const run = this.database.whileReady((signal) => this.run(signal));
    this.tasks.add({ name: 'mail requests', intervalMs: INTERVAL_MS, run });
  }

  async run(signal: AbortSignal): Promise<void> {
    const errors: unknown[] = [];
    let lastId: string | undefined = '0';
    while (!signal.aborted && lastId !== undefined) lastId = await this.sendNext(lastId, errors);
    // The periodic task logs the error, and runs again.
    if (errors.length > 0) throw errors[0];
  }

  /**
   * Sends the mail of the next request. If that fails, the request stays in the table until the next run, so that it does
   * not block the following requests.
   *
   * @param errors receives the error of a failed mail
   * @returns the ID of the request, undefined if there is none
   */
  private async sendNext(afterId: string, errors: unknown[]): Promise<string | undefined> {
    let request = undefined as MailRequest | undefined;
    try {
      await this.transactions.run(async (tx) => {
        request = await this.requests.take(tx, afterId);
        if (request) await this.send(tx, request);
      });
    } catch (error) {
      // If no request was read, the database has failed, not the mail of one request.
      if (!request) throw error;
      errors.push(error);
    }
    return request?.id;
  }

  private async send(tx: Transaction, request: MailRequest): Promise<void> {
    const credentials = await this.accounts.findCredentials({ email: request.email });
    if (!credentials) return;
    if (request.kind === 'accountLock') {
      await this.mails.add(tx, credentials.account, 'accountLock', '/forgot-password');
      return;
    }
    try {
      await this.links.send(tx, 'passwordReset', credentials.account);
    } catch (error) {
      // The owner has received enough links: the request is dropped, instead of being repeated in the next run.
      if (!(error instanceof CodedError && error.code === 'MAIL_LIMIT_REACHED')) throw error;
    }
  }
}
