import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { MoreThan } from 'typeorm';
import { PartyParticipantEntity } from './party-participant.entity.js';
import { PartyTextEntity } from './party-text.entity.js';
import { ABSENT_AFTER_SECONDS, type Participant, type PartyText } from './party.js';

/** SQL condition of a present participant. */
export const PRESENT = `participant.last_seen_at > now() - make_interval(secs => ${ABSENT_AFTER_SECONDS})`;

export interface NewParticipant {
  readonly id: string;
  readonly partyId: string;
  readonly accountId: string;
  readonly profileId: string;
  readonly name: string;
}

/** Participants and their texts. */
@Injectable()
export class ParticipantRepository {
  /** @returns the ID, which is that of an earlier join if the profile was in the party before */
  async join(tx: Transaction, { id, partyId, accountId, profileId, name }: NewParticipant): Promise<string> {
    // Raw SQL: the query builder cannot compute a value from the existing row. A participant that returns after an absence
    // ranks behind those that stayed.
    const [row] = await tx.query<{ id: string }[]>(
      `INSERT INTO party_participant AS participant (id, party_id, account_id, profile_id, name)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (party_id, profile_id) DO UPDATE SET name = excluded.name, last_seen_at = now(),
         joined_at = CASE WHEN ${PRESENT} THEN participant.joined_at ELSE now() END
       RETURNING id`,
      [id, partyId, accountId, profileId, name],
    );
    return row?.id ?? id;
  }

  /** Lists present participants, the longest-present first. */
  async listPresent(tx: Transaction, partyId: string): Promise<(Participant & { readonly profileId: string })[]> {
    return tx
      .createQueryBuilder(PartyParticipantEntity, 'participant')
      .where({ partyId })
      .andWhere(PRESENT)
      .orderBy('participant.joinedAt')
      .addOrderBy('participant.id')
      .getMany();
  }

  async isPresent(tx: Transaction, partyId: string, id: string): Promise<boolean> {
    return tx
      .createQueryBuilder(PartyParticipantEntity, 'participant')
      .where({ partyId, id })
      .andWhere(PRESENT)
      .getExists();
  }

  /** Records that participants are present. @returns the IDs of those that still exist */
  async touch(tx: Transaction, ids: readonly string[]): Promise<string[]> {
    // Raw SQL: the query builder has no locking subquery. Locks the rows in one order, so that two replicas cannot deadlock.
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `UPDATE party_participant SET last_seen_at = now() WHERE id IN (
         SELECT id FROM party_participant WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE
       ) RETURNING id`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Makes a participant absent immediately. */
  async leave(tx: Transaction, id: string): Promise<void> {
    const lastSeenAt = () => `now() - make_interval(secs => ${ABSENT_AFTER_SECONDS})`;
    await tx.update(PartyParticipantEntity, { id }, { lastSeenAt });
  }

  /** @returns the texts after this number, in the order of their numbers */
  async listTexts(tx: Transaction, partyId: string, after: number): Promise<PartyText[]> {
    const texts = await tx.find(PartyTextEntity, {
      where: { partyId, number: MoreThan(after) },
      relations: { participant: true },
      order: { number: 'ASC' },
    });
    return texts.map(({ participant, ...text }) => ({ ...text, name: participant?.name ?? '' }));
  }
}
