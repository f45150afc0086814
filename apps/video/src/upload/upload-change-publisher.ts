import { Injectable } from '@nestjs/common';
import { UploadChangedV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { MAX_EVENTS_PER_CALL, Outbox } from '@viernes/messaging';
import type { RejectionCode, Upload, UploadState } from './upload.js';

export type UploadOwner = Pick<Upload, 'id' | 'accountId' | 'titleId'>;

interface Outcome {
  readonly assetId?: string;
  readonly rejectionCode?: RejectionCode;
}

/** Publishes the states of uploads, for clients that show them. */
@Injectable()
export class UploadChangePublisher {
  constructor(private readonly outbox: Outbox) {}

  /** @param uploads the uploads that now have this state */
  async publish(
    tx: Transaction,
    state: UploadState,
    uploads: readonly UploadOwner[],
    outcome: Outcome = {},
  ): Promise<void> {
    const events = uploads.map(({ id, accountId, titleId }) => ({
      uploadId: id,
      accountId,
      titleId,
      state,
      ...outcome,
    }));
    for (let start = 0; start < events.length; start += MAX_EVENTS_PER_CALL) {
      await this.outbox.add(tx, UploadChangedV1, ...events.slice(start, start + MAX_EVENTS_PER_CALL));
    }
  }
}
