import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import { MailRequestEntity, type MailRequestKind } from './mail-request.entity.js';

export type MailRequest = Pick<MailRequestEntity, 'id' | 'kind' | 'email'>;

/**
 * Requests for mails to an email with or without an account. A background task looks up the account, so that a request
 * does the same work whether there is one or not.
 */
@Injectable()
export class MailRequestRepository {
  constructor(@InjectRepository(MailRequestEntity) private readonly requests: Repository<MailRequestEntity>) {}

  async insert(kind: MailRequestKind, email: string, tx: Transaction = this.requests.manager): Promise<void> {
    await tx.insert(MailRequestEntity, { kind, email });
  }

  async deleteFor(tx: Transaction, email: string): Promise<void> {
    await tx.delete(MailRequestEntity, { email });
  }

  /**
   * Deletes and returns the oldest request that no other replica processes, undefined if there is none.
   *
   * @param afterId returns only later requests
   */
  async take(tx: Transaction, afterId: string): Promise<MailRequest | undefined> {
    // Raw SQL: the query builder supports neither LIMIT nor SKIP LOCKED in a DELETE.
    const [rows] = await tx.query<[MailRequest[], number]>(
      `DELETE FROM mail_request WHERE id =
         (SELECT id FROM mail_request WHERE id > $1 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, kind, email`,
      [afterId],
    );
    return rows[0];
  }
}
