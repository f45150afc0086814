import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The state of the refresh of the home rows: one row, which all replicas share. */
@Entity('home_refresh')
export class HomeRefreshEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'home_refresh_pkey' })
  readonly id!: number;

  /** Time at which a replica last checked the rows. */
  @Column('timestamptz')
  readonly checkedAt!: Date;

  /** Time at which the genre rows were computed. */
  @Column('timestamptz')
  readonly genresAt!: Date;

  /** The newest title and the newest publication from which the genre rows were computed. */
  @Column('text')
  readonly newest!: string;

  /** The version of the rows. It changes if they contain other titles, or if one of their titles or its publication changes. */
  @Column('text')
  readonly version!: string;
}
