import { bigintAsNumber } from '@viernes/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The film of a title, by what video said last. Its own table and no foreign key: nothing orders a publication after the
 * creation of its title, since the two come on different topics.
 */
@Entity('publication')
@Index('publication_newest', ['publishedAt', 'titleId'])
export class PublicationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'publication_pkey' })
  readonly titleId!: string;

  @Column('text')
  readonly assetId!: string;

  @Column('bigint', { transformer: bigintAsNumber })
  readonly durationMs!: number;

  @Column({ type: 'timestamptz', precision: 3 })
  readonly publishedAt!: Date;
}
