import { bigintAsNumber } from '@viernes/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The asset of a film or an episode, from its newest publication. A series has the asset of its first playable episode.
 * A separate table without a foreign key, because an asset can be published before this service knows its title.
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
