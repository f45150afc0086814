import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, type Transaction } from '@viernes/database';
import type { FindOptionsWhere } from 'typeorm';
import { UploadEntity } from './upload.entity.js';
import type { RejectionCode, Upload, UploadState } from './upload.js';

export type NewUpload = Omit<Upload, 'state' | 'rejectionCode' | 'multipartId' | 'assetId' | 'expiresAt'>;

/** An upload that came to nothing and whose bytes may still be stored. */
export type SweepableUpload = Pick<Upload, 'id' | 'objectKey'>;

@Injectable()
export class UploadRepository {
  /** Makes other transactions that open an upload for this account wait for the end of this one. */
  async lockAccount(tx: Transaction, accountId: string): Promise<void> {
    await lockInTransaction(tx, 'accountUploads', accountId);
  }

  async countOpen(tx: Transaction, accountId: string): Promise<number> {
    return tx
      .createQueryBuilder(UploadEntity, 'upload')
      .where({ accountId, state: 'open' })
      .andWhere('upload.expires_at > now()')
      .getCount();
  }

  /** @returns when it expires */
  async insert(tx: Transaction, upload: NewUpload, ttlSeconds: number): Promise<Date> {
    const { raw } = await tx
      .createQueryBuilder()
      .insert()
      .into(UploadEntity)
      .values({ ...upload, state: 'open', expiresAt: () => 'now() + make_interval(secs => :ttlSeconds)' })
      .setParameters({ ttlSeconds })
      .returning('expires_at')
      .execute();
    return (raw as { expires_at: Date }[])[0]?.expires_at as Date;
  }

  async setMultipart(tx: Transaction, id: string, multipartId: string): Promise<void> {
    await tx.update(UploadEntity, { id }, { multipartId });
  }

  /** @throws CodedError UPLOAD_NOT_FOUND where it is not there, or not this account's */
  async get(tx: Transaction, id: string, accountId: string): Promise<Upload> {
    const [upload] = await this.find(tx, { id, accountId }, 1);
    if (!upload) throw new CodedError('UPLOAD_NOT_FOUND', { uploadId: id });
    return upload;
  }

  /** For who brings proof of another kind. @throws CodedError UPLOAD_NOT_FOUND */
  async getOfAnybody(tx: Transaction, id: string): Promise<Upload> {
    const [upload] = await this.find(tx, { id }, 1);
    if (!upload) throw new CodedError('UPLOAD_NOT_FOUND', { uploadId: id });
    return upload;
  }

  /** The latest first. */
  async listOfTitle(
    tx: Transaction,
    of: { readonly accountId: string; readonly titleId: string },
    limit: number,
  ): Promise<Upload[]> {
    return this.find(tx, of, limit);
  }

  private async find(tx: Transaction, where: FindOptionsWhere<UploadEntity>, limit: number): Promise<Upload[]> {
    const { entities, raw } = await tx
      .createQueryBuilder(UploadEntity, 'upload')
      .addSelect('upload.expires_at <= now()', 'is_overdue')
      .where(where)
      .orderBy({ 'upload.created_at': 'DESC', 'upload.id': 'DESC' })
      .limit(limit)
      .getRawAndEntities<{ is_overdue: boolean }>();
    return entities.map((upload, index) =>
      upload.state === 'open' && raw[index]?.is_overdue === true ? { ...upload, state: 'expired' } : upload,
    );
  }

  /** @returns whether it was open: of several that close one upload, one wins */
  async close(tx: Transaction, id: string, state: Exclude<UploadState, 'open' | 'completed'>): Promise<boolean> {
    const { affected } = await tx.update(UploadEntity, { id, state: 'open' }, { state });
    return affected === 1;
  }

  async reject(tx: Transaction, id: string, rejectionCode: RejectionCode): Promise<void> {
    await tx.update(UploadEntity, { id, state: 'open' }, { state: 'rejected', rejectionCode });
  }

  /** @returns whether this call completed it */
  async complete(tx: Transaction, id: string, assetId: string): Promise<boolean> {
    const { affected } = await tx.update(UploadEntity, { id, state: 'open' }, { state: 'completed', assetId });
    return affected === 1;
  }

  /** Those whose time is over, and those whose process died before the store had opened them. */
  async expireOverdue(tx: Transaction): Promise<number> {
    const { affected } = await tx
      .createQueryBuilder()
      .update(UploadEntity)
      .set({ state: 'expired' })
      .where(`state = 'open'`)
      .andWhere(`(expires_at <= now() OR (multipart_id IS NULL AND created_at < now() - interval '5 minutes'))`)
      .execute();
    return affected ?? 0;
  }

  async listSweepable(tx: Transaction, limit: number): Promise<SweepableUpload[]> {
    return tx
      .createQueryBuilder(UploadEntity, 'upload')
      .select(['upload.id', 'upload.objectKey'])
      .where(`upload.state IN ('aborted', 'expired', 'rejected') AND upload.swept_at IS NULL`)
      .orderBy('upload.expiresAt')
      .limit(limit)
      .getMany();
  }

  async markSwept(tx: Transaction, id: string): Promise<void> {
    await tx.update(UploadEntity, { id }, { sweptAt: () => 'now()' });
  }
}
