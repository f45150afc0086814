import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { SessionEntity } from './session.entity.js';

@Entity('refresh_token')
@Index('refresh_token_session', ['sessionId'])
@Index('refresh_token_used', ['usedAt'])
export class RefreshTokenEntity {
  /** SHA-256 of the token. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'refresh_token_pkey' })
  readonly hash!: Buffer;

  @ForeignKey(() => SessionEntity, { name: 'refresh_token_session_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly sessionId!: string;

  /** When this token or a sibling was first used. Null if neither was. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly usedAt!: Date | null;
}
