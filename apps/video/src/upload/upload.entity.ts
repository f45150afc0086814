import { bigintAsNumber } from '@viernes/database';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { RejectionCode, UploadState } from './upload.js';

@Entity('upload')
@Index('upload_by_account', ['accountId'])
@Index('upload_by_title', ['titleId', 'accountId'])
@Index('upload_to_clean_up', ['expiresAt'], { where: `state <> 'completed' AND bytes_deleted_at IS NULL` })
@Check('upload_state_known', `state IN ('open', 'completed', 'aborted', 'expired', 'rejected')`)
export class UploadEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'upload_pkey' })
  readonly id!: string;

  @Column('uuid')
  readonly accountId!: string;

  @Column('uuid')
  readonly titleId!: string;

  @Column('text')
  readonly fileName!: string;

  @Column('bigint', { transformer: bigintAsNumber })
  readonly sizeBytes!: number;

  @Column('text')
  readonly sha256!: string;

  @Column('text')
  readonly state!: UploadState;

  @Column('text', { nullable: true })
  readonly rejectionCode!: RejectionCode | null;

  @Column('text')
  readonly objectKey!: string;

  @Column('text', { nullable: true })
  readonly multipartId!: string | null;

  @Column('bigint', { transformer: bigintAsNumber })
  readonly partSizeBytes!: number;

  @Column('int')
  readonly partCount!: number;

  @Column('uuid', { nullable: true })
  readonly assetId!: string | null;

  @Column('timestamptz')
  readonly expiresAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  readonly createdAt!: Date;

  /** Time at which the bytes of an aborted, expired, or rejected upload were deleted. */
  @Column('timestamptz', { nullable: true })
  readonly bytesDeletedAt!: Date | null;
}
