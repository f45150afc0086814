import { Column, Entity, JoinColumn, ManyToOne, OneToMany, OneToOne, PrimaryColumn, type Relation } from 'typeorm';

/** The driver returns bigint as text. */
const numberFromText = {
  from: (text: string | null): number | null => (text === null ? null : Number(text)),
  to: (value: number): number => value,
};

@Entity('publication')
export class PeerPublication {
  @PrimaryColumn('uuid', { name: 'title_id' })
  readonly titleId!: string;

  @Column('text', { name: 'asset_id' })
  readonly assetId!: string;

  @Column('bigint', { name: 'duration_ms', transformer: numberFromText })
  readonly durationMs!: number;

  @OneToOne(() => PeerTitle, (title) => title.publication, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'title_id' })
  readonly title!: Relation<PeerTitle>;
}

@Entity('title')
export class PeerTitle {
  @PrimaryColumn('uuid')
  readonly id!: string;

  @Column('text')
  readonly kind!: string;

  @Column('text')
  readonly name!: string;

  @Column('text')
  readonly slug!: string;

  @Column('text')
  readonly synopsis!: string;

  @Column('integer', { name: 'release_year', nullable: true })
  readonly releaseYear!: number | null;

  @Column('text', { array: true })
  readonly genres!: string[];

  @Column('text', { array: true })
  readonly directors!: string[];

  @Column('text', { name: 'maturity_rating', nullable: true })
  readonly maturityRating!: string | null;

  @Column('integer', { name: 'runtime_minutes', nullable: true })
  readonly runtimeMinutes!: number | null;

  @Column('smallint', { name: 'minimum_age', nullable: true })
  readonly minimumAge!: number | null;

  @Column('integer', { name: 'season_count', nullable: true })
  readonly seasonCount!: number | null;

  @Column('double precision', { nullable: true })
  readonly score!: number | null;

  @Column('jsonb')
  readonly artwork!: unknown[];

  @Column('text', { name: 'external_id', nullable: true })
  readonly externalId!: string | null;

  @Column('text', { array: true })
  readonly countries!: string[];

  @Column('text', { array: true })
  readonly languages!: string[];

  @Column('date', { name: 'added_on', nullable: true })
  readonly addedOn!: string | null;

  @Column('jsonb')
  readonly availability!: unknown[];

  @Column('integer')
  readonly revision!: number;

  @Column('timestamptz', { name: 'updated_at' })
  readonly updatedAt!: Date;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt!: Date;

  @OneToOne(() => PeerPublication, (publication) => publication.title)
  readonly publication!: Relation<PeerPublication> | null;

  @OneToMany(() => PeerCredit, (credit) => credit.title)
  readonly credits?: Relation<PeerCredit>[];
}

@Entity('person')
export class PeerPerson {
  @PrimaryColumn('uuid')
  readonly id!: string;

  @Column('text')
  readonly name!: string;
}

@Entity('credit')
export class PeerCredit {
  @PrimaryColumn('uuid', { name: 'title_id' })
  readonly titleId!: string;

  @PrimaryColumn('smallint')
  readonly position!: number;

  @Column('text')
  readonly role!: string;

  @Column('text', { nullable: true })
  readonly character!: string | null;

  @ManyToOne(() => PeerPerson, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'person_id' })
  readonly person!: Relation<PeerPerson>;

  @ManyToOne(() => PeerTitle, (title) => title.credits, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'title_id' })
  readonly title!: Relation<PeerTitle>;
}
