import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { LessThan } from 'typeorm';
import { TitleEntity } from '../title/title.entity.js';
import { TitleChangeEntity } from './title-change.entity.js';

export interface TitleChangePage {
  readonly changes: readonly TitleChangeEntity[];
  /** Empty on the last page. */
  readonly nextCursor: string;
}

/** An import can change all titles. */
const MAX_EXPORTED = 20_000;

/** A cursor is the revision of the last change of its page. */
const CURSOR = /^before:(\d{1,9})$/;

@Injectable()
export class TitleChangeRepository {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Lists the changes of a title, also of a deleted one, newest first.
   *
   * @throws CodedError TITLE_NOT_FOUND, CURSOR_INVALID
   */
  async list(titleId: string, cursor: string, pageSize: number): Promise<TitleChangePage> {
    const before = decode(cursor);
    return this.transactions.run(async (tx) => {
      if (!(await tx.existsBy(TitleEntity, { id: titleId }))) throw new CodedError('TITLE_NOT_FOUND', { titleId });
      const found = await tx.find(TitleChangeEntity, {
        where: { titleId, ...(before !== undefined && { revision: LessThan(before) }) },
        order: { revision: 'DESC' },
        // One extra change shows whether there is a next page.
        take: pageSize + 1,
      });
      const changes = found.slice(0, pageSize);
      const last = found.length > pageSize ? changes.at(-1) : undefined;
      return { changes, nextCursor: last ? Buffer.from(`before:${last.revision}`).toString('base64url') : '' };
    });
  }

  /** Lists the latest changes of an account, without their values. */
  async listOfAccount(accountId: string): Promise<Omit<TitleChangeEntity, 'accountId' | 'fields'>[]> {
    return this.transactions.run((tx) =>
      tx.find(TitleChangeEntity, {
        select: { titleId: true, revision: true, action: true, changedAt: true },
        where: { accountId },
        order: { changedAt: 'DESC' },
        take: MAX_EXPORTED,
      }),
    );
  }

  /** Keeps the changes of an account that is deleted, but not who made them. */
  async anonymize(tx: Transaction, accountId: string): Promise<void> {
    await tx.update(TitleChangeEntity, { accountId }, { accountId: null });
  }
}

function decode(cursor: string): number | undefined {
  if (cursor === '') return undefined;
  const [, revision] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (revision === undefined) throw new CodedError('CURSOR_INVALID');
  return Number(revision);
}
