import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Database } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { Counter } from 'prom-client';
import { Mailer, RecipientRejected } from './mail.js';
import { MailRepository, type ClaimedMail } from './mail.repository.js';

const deliveryAttempts = new Counter({
  name: 'mails_total',
  help: 'Attempts to deliver a mail by outcome: sent, failed (retried later), rejected, expired',
  labelNames: ['outcome'],
});

const INTERVAL_MS = 1_000;
const BATCH_SIZE = 10;

/**
 * Delivers the mails of committed transactions, at least once: a crash between the delivery and the deletion of the row
 * delivers the mail again, with the same `Message-ID`. Each replica delivers mails that no other one has claimed.
 */
@Injectable()
export class MailDelivery implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(MailDelivery.name);

  constructor(
    private readonly mails: MailRepository,
    private readonly mailer: Mailer,
    private readonly database: Database,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    const run = this.database.whileReady((signal) => this.run(signal));
    this.tasks.add({ name: 'mail delivery', intervalMs: INTERVAL_MS, run });
  }

  onApplicationShutdown(): void {
    this.mailer.close();
  }

  async run(signal: AbortSignal): Promise<void> {
    let claimed: ClaimedMail[];
    do {
      claimed = await this.mails.claim(BATCH_SIZE);
      await Promise.all(claimed.map((mail) => this.deliver(mail)));
    } while (!signal.aborted && claimed.length === BATCH_SIZE);
  }

  /** Logs no recipients, because addresses are personal data. */
  private async deliver(mail: ClaimedMail): Promise<void> {
    const { id: mailId, isLastAttempt } = mail;
    try {
      await this.mailer.send(mail);
      await this.mails.delete(mailId);
      deliveryAttempts.inc({ outcome: 'sent' });
    } catch (error) {
      const isRejected = error instanceof RecipientRejected;
      if (isRejected || isLastAttempt) await this.mails.delete(mailId);
      const outcome = isRejected ? 'rejected' : isLastAttempt ? 'expired' : 'failed';
      deliveryAttempts.inc({ outcome });
      this.logger.warn({ mailId, outcome, code: (error as { code?: string }).code }, 'mail not delivered');
    }
  }
}
