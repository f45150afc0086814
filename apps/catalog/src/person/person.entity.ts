import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('person')
@Index('person_words', { synchronize: false })
@Unique('person_slug_unique', ['slug'])
export class PersonEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_pkey' })
  readonly id!: string;

  @Column('text')
  readonly name!: string;

  /**
   * Derived from the name, unless an editor has chosen it. A new credit without a person ID refers to the person with
   * the slug of the credited name.
   */
  @Column('text')
  readonly slug!: string;

  @Column('integer', { default: 1 })
  readonly revision!: number;
}
