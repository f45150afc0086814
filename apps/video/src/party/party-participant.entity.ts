import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { PartyEntity } from './party.entity.js';

/** A profile that has joined a party, with any number of connections. */
@Entity('party_participant')
@Index('party_participant_by_profile', ['partyId', 'profileId'], { unique: true })
@Index('party_participant_by_account', ['accountId'])
export class PartyParticipantEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'party_participant_pkey' })
  readonly id!: string;

  @Column('uuid')
  readonly partyId!: string;

  @ManyToOne(() => PartyEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'party_id', foreignKeyConstraintName: 'party_participant_party' })
  readonly party?: PartyEntity;

  @Column('uuid')
  readonly accountId!: string;

  @Column('uuid')
  readonly profileId!: string;

  /** The name of the profile at its latest join. */
  @Column('text')
  readonly name!: string;

  /** The time of the first join, or of the first one after an absence. */
  @Column('timestamptz', { default: () => 'now()' })
  readonly joinedAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  readonly lastSeenAt!: Date;
}
