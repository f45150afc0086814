import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { writeLetter, type LetterKind } from './letter.js';
import { MAIL_CONFIG, type MailConfig } from './mail.config.js';
import type { Recipient } from './mail.js';
import { MailRepository } from './mail.repository.js';

/** Sends a mail if the transaction commits. The delivery follows in the background. */
@Injectable()
export class MailQueue {
  constructor(
    private readonly mails: MailRepository,
    @Inject(MAIL_CONFIG) private readonly config: Pick<MailConfig, 'WEB_URL'>,
  ) {}

  /** @param path page of the web app to which the link of the mail leads */
  async add(tx: Transaction, { email: recipient, language }: Recipient, kind: LetterKind, path: string): Promise<void> {
    const { href } = new URL(path, this.config.WEB_URL);
    await this.mails.insert(tx, { id: randomUUID(), recipient, ...writeLetter(kind, href, language) });
  }
}
