import { Injectable } from '@nestjs/common';
import { AccountDataDeletedV1, AccountDeletionRequestedV1, type userEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, Outbox, type EventHandler, type Received } from '@viernes/messaging';
import { parseRequest, uuid } from '@viernes/platform';
import { z } from 'zod';
import { PartyRepository } from '../party/party.repository.js';
import { PlaybackSessionRepository } from '../playback/playback-session.repository.js';
import { DiscardedObjectRepository } from '../transcode/discarded-object.repository.js';
import { OPENING_SECONDS, UploadRepository } from '../upload/upload.repository.js';
import { UnpublishedAssets } from './unpublished-assets.js';

const AccountDeletionRequested = z.object({ accountId: uuid });

/**
 * Deletes the playback sessions, parties, uploads, and unpublished videos of an account. Published videos remain,
 * because they belong to the catalog. After the deletion of their uploads, they do not refer to the account.
 */
@Injectable()
@EventConsumer()
export class DeleteAccountData implements EventHandler<userEventsV1.AccountDeletionRequested> {
  readonly consumer = 'video.delete-account-data';
  readonly event = AccountDeletionRequestedV1;
  /** One transaction per event, because an account can have many rows. */
  readonly transaction = 'event';

  constructor(
    private readonly sessions: PlaybackSessionRepository,
    private readonly parties: PartyRepository,
    private readonly uploads: UploadRepository,
    private readonly assets: UnpublishedAssets,
    private readonly discarded: DiscardedObjectRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Moves the keys of the objects to the list of discarded ones, whose cleanup deletes them in batches: hundreds of requests
   * to object storage would exceed the time of the transaction.
   */
  async handle(tx: Transaction, { data }: Received<userEventsV1.AccountDeletionRequested>): Promise<void> {
    const { accountId } = parseRequest(AccountDeletionRequested, data);
    await this.sessions.deleteOfAccount(tx, accountId);
    await this.parties.deleteOfAccount(tx, accountId);
    const uploads = await this.uploads.lockOfAccount(tx, accountId);
    const deleted = await this.assets.delete(
      tx,
      uploads.flatMap(({ assetId }) => assetId ?? []),
    );
    const stored = uploads.filter(
      ({ assetId, bytesDeletedAt }) => bytesDeletedAt === null && (assetId === null || deleted.has(assetId)),
    );
    const keysOf = (isOpening: boolean): string[] =>
      stored.flatMap(({ multipartId, objectKey }) => ((multipartId === null) === isOpening ? objectKey : []));
    await this.discarded.addAll(tx, keysOf(false), 0);
    // A concurrent call can still start their multipart uploads.
    await this.discarded.addAll(tx, keysOf(true), OPENING_SECONDS);
    await this.uploads.deleteOfAccount(tx, accountId);
    await this.outbox.add(tx, AccountDataDeletedV1, { accountId });
  }
}
