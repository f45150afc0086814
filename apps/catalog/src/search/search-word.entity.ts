import { Entity, PrimaryColumn } from 'typeorm';

/** A word of the name, the people, or the synopsis of any title. In this collation, the words with the same prefix are one range. */
@Entity('search_word')
export class SearchWordEntity {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'search_word_pkey' })
  readonly word!: string;
}
