import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, type Transaction } from '@viernes/database';
import type { FindOptionsWhere } from 'typeorm';
import { UploadEntity } from './upload.entity.js';
import type { RejectionCode, Upload, UploadState } from './upload.js';

export type NewUpload = Omit<Upload, 'state' | 'rejectionCode' | 'multipartId' | 'assetId' | 'expiresAt'>;

/** An aborted, expired, or rejected upload whose bytes can still be stored. */
export type ClosedUpload = Pick<Upload, 'id' | 'objectKey'>;

/** An upload of an account that is being deleted. */
export type AccountUpload = Pick<UploadEntity, 'id' | 'objectKey' | 'multipartId' | 'assetId' | 'bytesDeletedAt'>;

/** If no multipart ID is stored after this time, the process that started the upload has stopped. */
export const OPENING_SECONDS = 300;

@Injectable()
export class UploadRepository {
  /** Blocks other transactions that open an upload for this account until this one ends. */
  async lockAccount(tx: Transaction, accountId: string): Promise<void> {
    await lockInTransaction(tx, 'accountUploads', accountId);
  }

  async countOpen(tx: Transaction, accountId: string): Promise<number> {
    return tx
      .createQueryBuilder(UploadEntity, 'upload')
      .where({ accountId, state: 'open' })
      .andWhere('upload.expiresAt > now()')
      .getCount();
  }

  /** @returns the time of expiry */
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

  /** @throws CodedError UPLOAD_NOT_FOUND if the account was deleted in the meantime */
  async setMultipart(tx: Transaction, id: string, multipartId: string): Promise<void> {
    const { affected } = await tx.update(UploadEntity, { id }, { multipartId });
    if (affected === 0) throw new CodedError('UPLOAD_NOT_FOUND', { uploadId: id });
  }

  /** @throws CodedError UPLOAD_NOT_FOUND, also if the upload belongs to another account */
  async get(tx: Transaction, id: string, accountId: string): Promise<Upload> {
    return this.getWhere(tx, { id, accountId });
  }

  /** Returns an upload to a caller that a token authorizes. @throws CodedError UPLOAD_NOT_FOUND */
  async getOfAnyAccount(tx: Transaction, id: string): Promise<Upload> {
    return this.getWhere(tx, { id });
  }

  /** Lists the uploads of an account for a title, newest first. */
  async listByTitle(
    tx: Transaction,
    where: { readonly accountId: string; readonly titleId: string },
    limit: number,
  ): Promise<Upload[]> {
    return this.list(tx, where, limit);
  }

  /** @returns whether this call closed the upload: of several concurrent calls, only one does */
  async close(tx: Transaction, id: string, state: Exclude<UploadState, 'open' | 'completed'>): Promise<boolean> {
    const { affected } = await tx.update(UploadEntity, { id, state: 'open' }, { state });
    return affected === 1;
  }

  /** @returns whether this call rejected the upload */
  async reject(tx: Transaction, id: string, rejectionCode: RejectionCode): Promise<boolean> {
    const { affected } = await tx.update(UploadEntity, { id, state: 'open' }, { state: 'rejected', rejectionCode });
    return affected === 1;
  }

  /** @returns whether this call completed the upload */
  async complete(tx: Transaction, id: string, assetId: string): Promise<boolean> {
    const { affected } = await tx.update(UploadEntity, { id, state: 'open' }, { state: 'completed', assetId });
    return affected === 1;
  }

  /**
   * Expires overdue uploads, and those whose process stopped before object storage opened the multipart upload.
   *
   * @returns the expired uploads
   */
  async expireOverdue(tx: Transaction): Promise<Pick<Upload, 'id' | 'accountId' | 'titleId'>[]> {
    const { raw } = await tx
      .createQueryBuilder()
      .update(UploadEntity)
      .set({ state: 'expired' })
      .where(`state = 'open'`)
      .andWhere(
        `(expires_at <= now() OR (multipart_id IS NULL AND created_at < now() - make_interval(secs => ${OPENING_SECONDS})))`,
      )
      .returning('id, account_id, title_id')
      .execute();
    return (raw as { id: string; account_id: string; title_id: string }[]).map(({ id, account_id, title_id }) => ({
      id,
      accountId: account_id,
      titleId: title_id,
    }));
  }

  async listClosed(tx: Transaction, limit: number): Promise<ClosedUpload[]> {
    return tx
      .createQueryBuilder(UploadEntity, 'upload')
      .select(['upload.id', 'upload.objectKey'])
      .where(`upload.state IN ('aborted', 'expired', 'rejected') AND upload.bytesDeletedAt IS NULL`)
      .orderBy('upload.expiresAt')
      .limit(limit)
      .getMany();
  }

  async setBytesDeleted(tx: Transaction, id: string): Promise<void> {
    await tx.update(UploadEntity, { id }, { bytesDeletedAt: () => 'now()' });
  }

  /** Locks the uploads of an account until the transaction ends, so that none of them is completed in the meantime. */
  async lockOfAccount(tx: Transaction, accountId: string): Promise<AccountUpload[]> {
    return tx.find(UploadEntity, {
      select: { id: true, objectKey: true, multipartId: true, assetId: true, bytesDeletedAt: true },
      where: { accountId },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async deleteOfAccount(tx: Transaction, accountId: string): Promise<void> {
    await tx.delete(UploadEntity, { accountId });
  }

  private async getWhere(
    tx: Transaction,
    where: { readonly id: string; readonly accountId?: string },
  ): Promise<Upload> {
    const [upload] = await this.list(tx, where, 1);
    if (!upload) throw new CodedError('UPLOAD_NOT_FOUND', { uploadId: where.id });
    return upload;
  }

  /** Returns an overdue upload as expired before the cleanup has updated it. */
  private async list(tx: Transaction, where: FindOptionsWhere<UploadEntity>, limit: number): Promise<Upload[]> {
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
}
