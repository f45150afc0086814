import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, type Transaction } from '@viernes/database';
import { MailQueue } from '../mail/mail-queue.js';
import type { Recipient } from '../mail/mail.js';
import { createRandomToken, hashToken } from '../random-token.js';
import { LINK_PATHS, MAX_LINKS_PER_HOUR, type LinkPurpose, type RedeemedLink } from './mail-link.js';
import { MailLinkRepository } from './mail-link.repository.js';

/** Single-use links, which prove that their user can read the mails of an address. */
@Injectable()
export class MailLinks {
  constructor(
    private readonly links: MailLinkRepository,
    private readonly mails: MailQueue,
  ) {}

  /**
   * Sends a link to an address.
   *
   * @param email default: the address of the account
   * @throws CodedError MAIL_LIMIT_REACHED
   */
  async send(tx: Transaction, purpose: LinkPurpose, owner: Recipient, email = owner.email): Promise<void> {
    await lockInTransaction(tx, 'mailLinks', owner.id);
    const recent = await this.links.countRecent(tx, owner.id, purpose);
    if (recent >= MAX_LINKS_PER_HOUR) throw new CodedError('MAIL_LIMIT_REACHED', { purpose });
    const token = createRandomToken();
    await this.links.insert(tx, { hash: hashToken(token), accountId: owner.id, purpose, email });
    await this.mails.add(tx, { ...owner, email }, purpose, `${LINK_PATHS[purpose]}#${token}`);
  }

  /** Uses a link, and invalidates all others with the same purpose. @throws CodedError LINK_EXPIRED */
  async redeem(tx: Transaction, purpose: LinkPurpose, token: string): Promise<RedeemedLink> {
    const link = await this.links.redeem(tx, purpose, hashToken(token));
    if (!link) throw new CodedError('LINK_EXPIRED', { purpose });
    await this.links.expire(tx, link.accountId, purpose);
    return link;
  }

  /** Invalidates the links of an account. @param purpose default: every purpose */
  async expire(tx: Transaction, accountId: string, purpose?: LinkPurpose): Promise<void> {
    await this.links.expire(tx, accountId, purpose);
  }
}
