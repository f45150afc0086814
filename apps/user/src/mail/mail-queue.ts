import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { writeLetter, type LetterKind, type LetterLinks } from './letter.js';
import type { Recipient } from './mail.js';
import { MailRepository } from './mail.repository.js';

/** Sends a mail if the transaction commits. The delivery follows in the background. */
@Injectable()
export class MailQueue {
  constructor(private readonly mails: MailRepository) {}

  async add<Kind extends LetterKind>(
    tx: Transaction,
    { email: recipient, language }: Recipient,
    kind: Kind,
    links: LetterLinks[Kind],
  ): Promise<void> {
    await this.mails.insert(tx, { id: randomUUID(), recipient, ...writeLetter(kind, links, language) });
  }
}
