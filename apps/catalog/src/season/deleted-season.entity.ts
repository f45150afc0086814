import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The rows of the latest deleted season with this number, to restore them. */
@Entity('deleted_season')
export class DeletedSeasonEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'deleted_season_pkey' })
  readonly titleId!: string;

  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'deleted_season_pkey' })
  readonly number!: number;

  @Column('jsonb')
  readonly season!: { readonly revision: number };

  @Column('jsonb')
  readonly episodes!: readonly object[];
}
