import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { PageCursor, requireCaller, type Page } from '@viernes/platform';
import { LessThan } from 'typeorm';
import { z } from 'zod';
import { ChangeEntity } from './change.entity.js';
import type { NewChange, Resource } from './change.js';

export type ChangePage = Page<ChangeEntity>;

/** Contains the revision of a change. */
const CURSOR = new PageCursor('changes', z.tuple([z.int32().min(1)]));

@Injectable()
export class ChangeRepository {
  /** Records changes by the caller, in the transaction that makes them. */
  async add(tx: Transaction, changes: readonly NewChange[]): Promise<void> {
    // Raw SQL: passes all changes of an import as one parameter.
    await tx.query(
      `INSERT INTO change (resource, revision, action, account_id, fields)
       SELECT resource, revision, action, $2, fields
       FROM jsonb_to_recordset($1) AS c(resource text, revision integer, action text, fields jsonb)`,
      [JSON.stringify(changes), requireCaller().accountId],
    );
  }

  /** Lists the changes of a resource, newest first. @throws CodedError CURSOR_INVALID */
  async list(tx: Transaction, resource: Resource, cursor: string, pageSize: number): Promise<ChangePage> {
    const [before] = CURSOR.decode(cursor) ?? [];
    const found = await tx.find(ChangeEntity, {
      where: { resource, ...(before !== undefined && { revision: LessThan(before) }) },
      order: { revision: 'DESC' },
      take: pageSize + 1,
    });
    return CURSOR.toPage(found, pageSize, ({ revision }) => [revision]);
  }

  /** Removes an account from its changes, which remain. */
  async anonymize(tx: Transaction, accountId: string): Promise<void> {
    await tx.update(ChangeEntity, { accountId }, { accountId: null });
  }
}
