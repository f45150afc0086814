import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { AccountChangedV1, type SecurityEventKind } from '@viernes/contracts';
import { RowCleanups, type Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { currentContext, PageCursor, type Page } from '@viernes/platform';
import { LessThan, Repository } from 'typeorm';
import { z } from 'zod';
import { SecurityEventEntity } from './security-event.entity.js';
import {
  DELETED_ACCOUNT,
  RETENTION_DAYS,
  RETENTION_DAYS_WITHOUT_ACCOUNT,
  type NewSecurityEvent,
} from './security-event.js';

/** Not published, because anyone can cause them for any account. */
const REJECTIONS: ReadonlySet<SecurityEventKind> = new Set(['passwordRejected', 'accountLocked', 'passkeyRejected']);

/** The ID of an event, a bigint as text. */
const CURSOR = new PageCursor('security-events', z.tuple([z.string().regex(/^\d{1,18}$/)]));

@Injectable()
export class SecurityEventRepository {
  constructor(
    @InjectRepository(SecurityEventEntity) private readonly events: Repository<SecurityEventEntity>,
    private readonly outbox: Outbox,
    cleanups: RowCleanups,
  ) {
    cleanups.add({
      table: 'security_event',
      key: 'id',
      where: `occurred_at < now() - make_interval(days => ${RETENTION_DAYS})
        OR account_id IS NULL AND occurred_at < now() - make_interval(days => ${RETENTION_DAYS_WITHOUT_ACCOUNT})`,
      orderBy: 'occurred_at',
    });
  }

  /**
   * Records an event with the address and the device of the request, and publishes its kind, if its transaction commits.
   *
   * @returns its ID
   */
  async insert(tx: Transaction, { kind, accountId, sessionId }: NewSecurityEvent): Promise<string> {
    const context = currentContext();
    const { identifiers } = await tx.insert(SecurityEventEntity, {
      kind,
      accountId: accountId ?? null,
      actorId: accountId === undefined || context.accountId === accountId ? null : (context.accountId ?? null),
      sessionId: sessionId ?? context.sessionId ?? null,
      address: context.client?.address ?? null,
      userAgent: context.client?.userAgent ?? null,
    });
    if (accountId !== undefined && !REJECTIONS.has(kind)) {
      const id = sessionId ?? context.sessionId;
      await this.outbox.add(tx, AccountChangedV1, { accountId, kind, ...(id !== undefined && { sessionId: id }) });
    }
    return String(identifiers[0]?.['id']);
  }

  /** Returns whether an event belongs to an account, has a kind, and was recorded in the last `seconds`. */
  async hasRecent(
    tx: Transaction,
    {
      eventId,
      accountId,
      kind,
    }: { readonly eventId: string; readonly accountId: string; readonly kind: SecurityEventKind },
    seconds: number,
  ): Promise<boolean> {
    return tx
      .createQueryBuilder(SecurityEventEntity, 'event')
      .where({ id: eventId, accountId, kind })
      .andWhere('event.occurredAt > now() - make_interval(secs => :seconds)', { seconds })
      .getExists();
  }

  /** Lists the events of an account, newest first. @throws CodedError CURSOR_INVALID */
  async list(accountId: string, cursor: string, pageSize: number): Promise<Page<SecurityEventEntity>> {
    const [before] = CURSOR.decode(cursor) ?? [];
    const found = await this.events.find({
      where: { accountId, ...(before !== undefined && { id: LessThan(before) }) },
      order: { id: 'DESC' },
      take: pageSize + 1,
    });
    return CURSOR.toPage(found, pageSize, ({ id }) => [id]);
  }

  /** Removes an admin from the events of other accounts. The events of the admin are deleted with the account. */
  async forgetActor(tx: Transaction, actorId: string): Promise<void> {
    await tx.update(SecurityEventEntity, { actorId }, { actorId: DELETED_ACCOUNT });
  }
}
