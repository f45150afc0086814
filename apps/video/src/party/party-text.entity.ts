import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { PartyParticipantEntity } from './party-participant.entity.js';
import { PartyEntity } from './party.entity.js';

/** A message of the chat. */
@Entity('party_text')
@Index('party_text_by_client_id', ['participantId', 'clientId'], { unique: true })
@Index('party_text_by_account', ['accountId'])
export class PartyTextEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'party_text_pkey' })
  readonly partyId!: string;

  @PrimaryColumn('int', { primaryKeyConstraintName: 'party_text_pkey' })
  readonly number!: number;

  @ManyToOne(() => PartyEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'party_id', foreignKeyConstraintName: 'party_text_party' })
  readonly party?: PartyEntity;

  @Column('uuid')
  readonly participantId!: string;

  @ManyToOne(() => PartyParticipantEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'participant_id', foreignKeyConstraintName: 'party_text_participant' })
  readonly participant?: PartyParticipantEntity;

  @Column('uuid')
  readonly accountId!: string;

  /** The client generates it, so that a message that it repeats is stored once. */
  @Column('uuid')
  readonly clientId!: string;

  @Column('text')
  readonly text!: string;

  @Column('timestamptz', { default: () => 'now()' })
  readonly sentAt!: Date;
}
