import { bigintAsNumber } from '@viernes/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('title_popularity')
@Index('title_popularity_hottest', ['heat', 'titleId'])
export class TitlePopularityEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'title_popularity_pkey' })
  readonly titleId!: string;

  /** Playback sessions ever begun. */
  @Column('bigint', { transformer: bigintAsNumber })
  readonly views!: number;

  /** See viewHeat: comparable between titles, without a unit of its own. */
  @Column('double precision')
  readonly heat!: number;
}
