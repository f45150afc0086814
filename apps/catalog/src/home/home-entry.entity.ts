import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A title in a row of the home page. RefreshHomeRows replaces the rows. */
@Entity('home_entry')
export class HomeEntryEntity {
  /** From 0, in the order of the page. */
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'home_entry_pkey' })
  readonly rowNumber!: number;

  /** The position of the title in its row, from 0. */
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'home_entry_pkey' })
  readonly position!: number;

  @Column('text')
  readonly rowId!: string;

  @Column('text')
  readonly rowName!: string;

  @Column('uuid')
  readonly titleId!: string;
}
