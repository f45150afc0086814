import { bigintAsNumber } from '@viernes/database';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { RejectionCode, UploadState } from './upload.js';

@Entity('uploads')
@Index('uploads_open_by_account', ['accountId'], { where: `state = 'open'` })
@Index('uploads_by_title', ['titleId', 'accountId'])
@Index('uploads_to_sweep', ['expiresAt'], { where: `state <> 'completed' AND swept_at IS NULL` })
@Check('uploads_state_known', `state IN ('open', 'completed', 'aborted', 'expired', 'rejected')`)
export class UploadEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'uploads_pkey' })
  id!: string;

  @Column('uuid')
  accountId!: string;

  @Column('uuid')
  titleId!: string;

  @Column('text')
  fileName!: string;

  @Column('bigint', { transformer: bigintAsNumber })
  sizeBytes!: number;

  @Column('text')
  sha256!: string;

  @Column('text')
  state!: UploadState;

  @Column('text', { nullable: true })
  rejectionCode!: RejectionCode | null;

  @Column('text')
  objectKey!: string;

  @Column('text', { nullable: true })
  multipartId!: string | null;

  @Column('bigint', { transformer: bigintAsNumber })
  partSizeBytes!: number;

  @Column('int')
  partCount!: number;

  @Column('uuid', { nullable: true })
  assetId!: string | null;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  /** When the bytes of an upload that came to nothing were deleted. */
  @Column('timestamptz', { nullable: true })
  sweptAt!: Date | null;
}
