import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import { MailEntity } from './mail.entity.js';
import { DELIVERY_DAYS, type Mail } from './mail.js';

/** Delay of the first retry. Also the time that a replica has to deliver a mail before another one claims it. */
const FIRST_RETRY_SECONDS = 60;
const MAX_RETRY_SECONDS = 3_600;

export interface ClaimedMail extends Mail {
  readonly isLastAttempt: boolean;
}

/** Uses the clock of the database, because the clocks of replicas differ. */
@Injectable()
export class MailRepository {
  constructor(@InjectRepository(MailEntity) private readonly mails: Repository<MailEntity>) {}

  async insert(tx: Transaction, accountId: string, mail: Mail): Promise<void> {
    await tx.insert(MailEntity, { ...mail, accountId });
  }

  /** Returns due mails, at most `limit`. Other replicas skip them until their next attempt is due. */
  async claim(limit: number): Promise<ClaimedMail[]> {
    // Raw SQL: the query builder supports neither LIMIT nor SKIP LOCKED in an UPDATE.
    const [rows] = await this.mails.query<[ClaimedMail[], number]>(
      `UPDATE mail SET attempts = attempts + 1,
         next_attempt_at = now() + make_interval(secs => least($2::int * power(2, least(attempts, 10)), $3::int))
       WHERE id IN (SELECT id FROM mail WHERE next_attempt_at <= now()
                    ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, recipient, subject, text, html,
         created_at < now() - make_interval(days => $4) AS "isLastAttempt"`,
      [limit, FIRST_RETRY_SECONDS, MAX_RETRY_SECONDS, DELIVERY_DAYS],
    );
    return rows;
  }

  async deleteOfAccount(tx: Transaction, accountId: string): Promise<void> {
    await tx.delete(MailEntity, { accountId });
  }

  async delete(id: string): Promise<void> {
    await this.mails.delete({ id });
  }
}
