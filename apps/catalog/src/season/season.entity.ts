import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('season')
export class SeasonEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'season_pkey' })
  readonly titleId!: string;

  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'season_pkey' })
  readonly number!: number;

  @Column('text')
  readonly name!: string;

  @Column('text')
  readonly synopsis!: string;

  @Column('integer', { nullable: true })
  readonly releaseYear!: number | null;

  @Column('integer', { default: 1 })
  readonly revision!: number;
}
