import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { currentContext } from '@viernes/platform';
import { SelectedProfileRepository } from '../profile/selected-profile.repository.js';
import { writeLetter, type LetterKind } from './letter.js';
import { MAIL_CONFIG, type MailConfig } from './mail.config.js';
import type { Recipient } from './mail.js';
import { MailRepository } from './mail.repository.js';

/** Adds mails to the queue. They are delivered in the background if the transaction commits. */
@Injectable()
export class MailQueue {
  constructor(
    private readonly mails: MailRepository,
    private readonly selected: SelectedProfileRepository,
    @Inject(MAIL_CONFIG) private readonly config: Pick<MailConfig, 'WEB_URL'>,
  ) {}

  /** Removes the mails to all addresses of an account that are not delivered yet. */
  async clear(tx: Transaction, accountId: string): Promise<void> {
    await this.mails.deleteOfAccount(tx, accountId);
  }

  /**
   * Adds a mail in the language of the profile that requests it, or in that of the account.
   *
   * @param path page of the web app to which the link in the mail leads
   */
  async add(
    tx: Transaction,
    { id: accountId, email: recipient, ...account }: Recipient,
    kind: LetterKind,
    path: string,
  ): Promise<void> {
    const { href } = new URL(path, this.config.WEB_URL);
    const { sessionId } = currentContext();
    const profile = sessionId === undefined ? undefined : await this.selected.find(sessionId, tx);
    const language = profile?.language ?? account.language;
    await this.mails.insert(tx, accountId, { id: randomUUID(), recipient, ...writeLetter(kind, href, language) });
  }
}
