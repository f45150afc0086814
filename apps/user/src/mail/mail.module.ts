import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfileModule } from '../profile/profile.module.js';
import { FileMailer } from './file-mailer.js';
import { LogMailer } from './log-mailer.js';
import { SmtpMailer } from './smtp-mailer.js';
import { MailDelivery } from './mail-delivery.js';
import { MailQueue } from './mail-queue.js';
import { MAIL_CONFIG, type MailConfig } from './mail.config.js';
import { MailEntity } from './mail.entity.js';
import { Mailer } from './mail.js';
import { MailRepository } from './mail.repository.js';

@Module({})
export class MailModule {
  /** Global, because the module with the settings is created once, and many features send mails. */
  static forRoot(config: MailConfig): DynamicModule {
    return {
      module: MailModule,
      global: true,
      imports: [TypeOrmModule.forFeature([MailEntity]), ProfileModule],
      providers: [
        { provide: MAIL_CONFIG, useValue: config },
        { provide: Mailer, useFactory: () => createMailer(config) },
        MailRepository,
        MailQueue,
        MailDelivery,
      ],
      exports: [MailQueue],
    };
  }
}

/** @throws Error if a setting of the transport is missing, which the schema of the settings prevents */
export function createMailer({ MAIL_TRANSPORT, MAIL_FROM, MAIL_DIR, SMTP_URL }: MailConfig): Mailer {
  if (MAIL_TRANSPORT === 'log') return new LogMailer();
  if (MAIL_TRANSPORT === 'file' && MAIL_DIR !== undefined) return new FileMailer(MAIL_DIR, MAIL_FROM);
  if (MAIL_TRANSPORT === 'smtp' && SMTP_URL !== undefined) return new SmtpMailer(SMTP_URL, MAIL_FROM);
  throw new Error(`the settings of the mail transport ${MAIL_TRANSPORT} are missing`);
}
