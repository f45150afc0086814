import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RowCleanups, type Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import { MailLinkEntity } from './mail-link.entity.js';
import { VALID_HOURS, type LinkPurpose, type RedeemedLink } from './mail-link.js';

/** Uses the clock of the database, because the clocks of replicas differ. */
@Injectable()
export class MailLinkRepository {
  constructor(
    @InjectRepository(MailLinkEntity) private readonly links: Repository<MailLinkEntity>,
    cleanups: RowCleanups,
  ) {
    cleanups.add({
      table: 'mail_link',
      key: 'hash',
      where: `expires_at < now() - interval '1 hour'`,
      orderBy: 'expires_at',
    });
  }

  async insert(tx: Transaction, link: Pick<MailLinkEntity, 'hash' | 'accountId' | 'purpose' | 'email'>): Promise<void> {
    const expiresAt = (): string => `now() + make_interval(hours => ${VALID_HOURS[link.purpose]})`;
    await tx
      .createQueryBuilder()
      .insert()
      .into(MailLinkEntity)
      .values({ ...link, expiresAt })
      .execute();
  }

  /** Counts the links of the last hour, including used ones. */
  async countRecent(tx: Transaction, accountId: string, purpose: LinkPurpose): Promise<number> {
    return tx
      .createQueryBuilder(MailLinkEntity, 'link')
      .where({ accountId, purpose })
      .andWhere(`link.createdAt > now() - interval '1 hour'`)
      .getCount();
  }

  /** Uses a link. One of several concurrent calls succeeds. @returns undefined if the link is not valid */
  async redeem(tx: Transaction, purpose: LinkPurpose, hash: Buffer): Promise<RedeemedLink | undefined> {
    const { raw } = await tx
      .createQueryBuilder()
      .update(MailLinkEntity)
      .set({ expiresAt: () => 'now()' })
      .where({ hash, purpose })
      // Not now(), the start of the transaction: a concurrent call can have used the link since then.
      .andWhere('expiresAt > clock_timestamp()')
      .returning('account_id, email')
      .execute();
    const [row] = raw as { account_id: string; email: string }[];
    return row && { accountId: row.account_id, email: row.email };
  }

  /** Invalidates all links of an account. @param purpose default: all */
  async expire(tx: Transaction, accountId: string, purpose?: LinkPurpose): Promise<void> {
    await tx
      .createQueryBuilder()
      .update(MailLinkEntity)
      .set({ expiresAt: () => 'now()' })
      .where({ accountId, ...(purpose && { purpose }) })
      .andWhere('expiresAt > now()')
      .execute();
  }
}
