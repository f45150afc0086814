import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { CheckPassword } from '../account/check-password.service.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { AccountDataRepository } from './account-data.repository.js';

export interface ExportedData {
  /** Lists of rows, on the first page also the account. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Empty on the last page. */
  readonly nextCursor: string;
}

/** The ID of the event that records the download, and the cursor of the rows. */
const CURSOR = /^(\d{1,18})\.(.+)$/;

/** Longer than any download, because the timeout of the edge is shorter. */
const MAX_DURATION_SECONDS = 300;

@Injectable()
export class ExportAccount {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly data: AccountDataRepository,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Returns the first page of the data of an account, and records the download, which contains what profiles with a PIN
   * have watched.
   *
   * @throws CodedError PASSWORD_WRONG, OVERLOADED
   */
  async start(accountId: string, password: string): Promise<ExportedData> {
    await this.checkPassword.confirm(accountId, password);
    return this.transactions.run(async (tx) => {
      const eventId = await this.events.insert(tx, { kind: 'dataExported', accountId });
      const account = await this.data.readAccount(tx, accountId);
      const { data, nextCursor } = await this.readPage(tx, accountId, eventId, '');
      return { data: { ...account, ...data }, nextCursor };
    });
  }

  /**
   * Returns a further page. Hashing the password for each page would take longer than reading it, so the event that the
   * first page recorded proves that the owner has confirmed the download.
   *
   * @throws CodedError CURSOR_INVALID, also if the first page was read too long ago
   */
  async continue(accountId: string, cursor: string): Promise<ExportedData> {
    const [, eventId, rowCursor] = CURSOR.exec(cursor) ?? [];
    if (eventId === undefined || rowCursor === undefined) throw new CodedError('CURSOR_INVALID');
    return this.transactions.run(async (tx) => {
      const isConfirmed = await this.events.hasRecent(
        tx,
        { eventId, accountId, kind: 'dataExported' },
        MAX_DURATION_SECONDS,
      );
      if (!isConfirmed) throw new CodedError('CURSOR_INVALID');
      return this.readPage(tx, accountId, eventId, rowCursor);
    });
  }

  private async readPage(tx: Transaction, accountId: string, eventId: string, cursor: string): Promise<ExportedData> {
    const { lists, nextCursor } = await this.data.readPage(tx, accountId, cursor);
    return { data: lists, nextCursor: nextCursor === '' ? '' : `${eventId}.${nextCursor}` };
  }
}
