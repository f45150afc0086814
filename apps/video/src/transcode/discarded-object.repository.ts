import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { DiscardedObjectEntity } from './discarded-object.entity.js';
import { TRANSCODE_CONFIG, type TranscodeConfig } from './transcode.config.js';

/** Keys of objects that unsuccessful attempts and deleted accounts have uploaded, or can still upload. */
@Injectable()
export class DiscardedObjectRepository {
  constructor(@Inject(TRANSCODE_CONFIG) private readonly config: TranscodeConfig) {}

  /** Adds the output of an attempt, which is deleted when its URL has expired. @param objectKey null for a probe */
  async add(tx: Transaction, objectKey: string | null): Promise<void> {
    if (objectKey !== null) await this.addAll(tx, [objectKey]);
  }

  /** @param delaySeconds time until no client can write the objects any more. Default: the lifetime of a job's URLs */
  async addAll(
    tx: Transaction,
    objectKeys: readonly string[],
    delaySeconds: number = this.config.JOB_URL_TTL_SECONDS,
  ): Promise<void> {
    if (objectKeys.length === 0) return;
    const deleteAfter = (): string => 'now() + make_interval(secs => :delaySeconds)';
    await tx
      .createQueryBuilder()
      .insert()
      .into(DiscardedObjectEntity)
      .values(objectKeys.map((objectKey) => ({ objectKey, deleteAfter })))
      .setParameters({ delaySeconds })
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
