import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { DiscardedObjectEntity } from './discarded-object.entity.js';
import { TRANSCODE_CONFIG, type TranscodeConfig } from './transcode.config.js';

/** Keys of objects that unsuccessful attempts have uploaded, or can still upload. */
@Injectable()
export class DiscardedObjectRepository {
  constructor(@Inject(TRANSCODE_CONFIG) private readonly config: TranscodeConfig) {}

  /** The object is deleted when the presigned URL of the attempt has expired. @param objectKey null for a probe */
  async add(tx: Transaction, objectKey: string | null): Promise<void> {
    if (objectKey === null) return;
    await tx
      .createQueryBuilder()
      .insert()
      .into(DiscardedObjectEntity)
      .values({ objectKey, deleteAfter: () => 'now() + make_interval(secs => :ttlSeconds)' })
      .setParameters({ ttlSeconds: this.config.JOB_URL_TTL_SECONDS })
      .orIgnore()
      .execute();
  }

  async listDueKeys(tx: Transaction, limit: number): Promise<string[]> {
    const due = await tx
      .createQueryBuilder(DiscardedObjectEntity, 'object')
      .where('object.deleteAfter <= now()')
      .orderBy('object.deleteAfter')
      .limit(limit)
      .getMany();
    return due.map(({ objectKey }) => objectKey);
  }

  async remove(tx: Transaction, objectKey: string): Promise<void> {
    await tx.delete(DiscardedObjectEntity, { objectKey });
  }
}
