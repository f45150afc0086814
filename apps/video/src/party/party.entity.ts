import { bigintAsNumber } from '@viernes/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('party')
@Index('party_by_code', ['codeHash'], { unique: true })
@Index('party_by_account', ['accountId'])
export class PartyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'party_pkey' })
  readonly id!: string;

  /** SHA-256 of the code with which viewers join. */
  @Column('bytea')
  readonly codeHash!: Buffer;

  @Column('uuid')
  readonly accountId!: string;

  @Column('uuid')
  readonly titleId!: string;

  @Column('uuid')
  readonly videoId!: string;

  @Column('int', { nullable: true })
  readonly minimumAge!: number | null;

  @Column('bigint', { transformer: bigintAsNumber })
  readonly durationMs!: number;

  /** A participant. No foreign key, because participants refer to the party. */
  @Column('uuid')
  readonly hostId!: string;

  @Column('boolean', { default: false })
  readonly isPlaying!: boolean;

  @Column('bigint', { default: 0, transformer: bigintAsNumber })
  readonly positionMs!: number;

  @Column('timestamptz', { default: () => 'now()' })
  readonly playbackAt!: Date;

  @Column('int', { default: 1 })
  readonly revision!: number;

  /** The number of the latest text. */
  @Column('int', { default: 0 })
  readonly textCount!: number;

  @Column('timestamptz', { default: () => 'now()' })
  readonly createdAt!: Date;
}
