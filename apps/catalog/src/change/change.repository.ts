import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { requireCaller } from '@viernes/platform';
import { LessThan } from 'typeorm';
import { ChangeEntity } from './change.entity.js';
import type { NewChange, Resource } from './change.js';

export interface ChangePage {
  readonly changes: readonly ChangeEntity[];
  /** Empty on the last page. */
  readonly nextCursor: string;
}

/** A cursor is the revision of the last change of its page. */
const CURSOR = /^before:(\d{1,9})$/;

@Injectable()
export class ChangeRepository {
  /** Records changes by the caller, in the transaction that makes them. */
  async add(tx: Transaction, changes: readonly NewChange[]): Promise<void> {
    // Raw SQL: an import has more changes than a statement can have parameters.
    await tx.query(
      `INSERT INTO change (resource, revision, action, account_id, fields)
       SELECT resource, revision, action, $2, fields
       FROM jsonb_to_recordset($1) AS c(resource text, revision integer, action text, fields jsonb)`,
      [JSON.stringify(changes), requireCaller().accountId],
    );
  }

  /** Lists the changes of a resource, newest first. @throws CodedError CURSOR_INVALID */
  async list(tx: Transaction, resource: Resource, cursor: string, pageSize: number): Promise<ChangePage> {
    const before = decode(cursor);
    const found = await tx.find(ChangeEntity, {
      where: { resource, ...(before !== undefined && { revision: LessThan(before) }) },
      order: { revision: 'DESC' },
      // One extra change shows whether there is a next page.
      take: pageSize + 1,
    });
    const changes = found.slice(0, pageSize);
    const last = found.length > pageSize ? changes.at(-1) : undefined;
    return { changes, nextCursor: last ? Buffer.from(`before:${last.revision}`).toString('base64url') : '' };
  }

  /** Keeps the changes of an account that is deleted, but not who made them. */
  async anonymize(tx: Transaction, accountId: string): Promise<void> {
    await tx.update(ChangeEntity, { accountId }, { accountId: null });
  }
}

function decode(cursor: string): number | undefined {
  if (cursor === '') return undefined;
  const [, revision] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (revision === undefined) throw new CodedError('CURSOR_INVALID');
  return Number(revision);
}
