import { Logger } from '@nestjs/common';
import { Mailer, type Mail } from './mail.js';

/** Writes mails to the log, for development: a developer opens the link from there. */
export class LogMailer extends Mailer {
  private readonly logger = new Logger(LogMailer.name);

  async send({ subject, text }: Mail): Promise<void> {
    this.logger.log({ subject, text }, 'mail');
  }
}
