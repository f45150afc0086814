import { Injectable } from '@nestjs/common';
import { AccountDataDeletedV1, AccountDeletionRequestedV1, type userEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, Outbox, type EventHandler, type Received } from '@viernes/messaging';
import { parseRequest, uuid } from '@viernes/platform';
import { z } from 'zod';
import { PlaybackSessionRepository } from '../playback/playback-session.repository.js';
import { UploadBytes } from '../upload/upload-bytes.js';
import { UploadRepository } from '../upload/upload.repository.js';
import { UnpublishedAssets } from './unpublished-assets.js';

const AccountDeletionRequested = z.object({ accountId: uuid });

/**
 * Deletes the playback sessions, uploads, and unpublished videos of an account. Published videos belong to the catalog and
 * stay, without their uploads, which name the account.
 */
@Injectable()
@EventConsumer()
export class DeleteAccountData implements EventHandler<userEventsV1.AccountDeletionRequested> {
  readonly consumer = 'video.delete-account-data';
  readonly event = AccountDeletionRequestedV1;
  /** Other events would wait for object storage. */
  readonly transaction = 'event';

  constructor(
    private readonly sessions: PlaybackSessionRepository,
    private readonly uploads: UploadRepository,
    private readonly bytes: UploadBytes,
    private readonly assets: UnpublishedAssets,
    private readonly outbox: Outbox,
  ) {}

  /** The rows of uploads contain the keys of the objects, so the objects are deleted first. */
  async handle(tx: Transaction, { data }: Received<userEventsV1.AccountDeletionRequested>): Promise<void> {
    const { accountId } = parseRequest(AccountDeletionRequested, data);
    await this.sessions.deleteOfAccount(tx, accountId);
    const uploads = await this.uploads.lockOfAccount(tx, accountId);
    const deleted = await this.assets.delete(
      tx,
      uploads.flatMap(({ assetId }) => assetId ?? []),
    );
    for (const { objectKey, assetId, bytesDeletedAt } of uploads)
      if (bytesDeletedAt === null && (assetId === null || deleted.has(assetId))) await this.bytes.delete(objectKey);
    await this.uploads.deleteOfAccount(tx, accountId);
    await this.outbox.add(tx, AccountDataDeletedV1, { accountId });
  }
}
