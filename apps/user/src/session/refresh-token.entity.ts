import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { SessionEntity } from './session.entity.js';

@Entity('refresh_token')
@Index('refresh_token_session', ['sessionId'])
@Index('refresh_token_used', ['usedAt'])
export class RefreshTokenEntity {
  /** SHA-256 of the token. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'refresh_token_pkey' })
  readonly hash!: Buffer;

  @Column('uuid')
  readonly sessionId!: string;

  @ManyToOne(() => SessionEntity, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'refresh_token_session_fkey' })
  readonly session!: Relation<SessionEntity>;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly usedAt!: Date | null;
}
