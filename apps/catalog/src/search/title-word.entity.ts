import { Entity, Index, PrimaryColumn } from 'typeorm';

/** A word of the name of any title or its people, to find the words that a query with typing errors means. */
@Entity('title_word')
@Index('title_word_initial', { synchronize: false })
@Index('title_word_trigrams', { synchronize: false })
export class TitleWordEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'title_word_pkey' })
  readonly word!: string;
}
