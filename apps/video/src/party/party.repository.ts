import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, type Transaction } from '@viernes/database';
import { LessThanOrEqual } from 'typeorm';
import { PartyParticipantEntity } from './party-participant.entity.js';
import { PartyTextEntity } from './party-text.entity.js';
import { PartyEntity } from './party.entity.js';
import { MAX_TEXTS, type Party, type PartyVersion } from './party.js';
import { PRESENT } from './participant.repository.js';

export interface NewParty extends Pick<
  Party,
  'id' | 'accountId' | 'titleId' | 'videoId' | 'minimumAge' | 'durationMs' | 'hostId'
> {
  /** SHA-256 of the code. */
  readonly codeHash: Buffer;
}

export interface NewText {
  readonly partyId: string;
  readonly participantId: string;
  readonly accountId: string;
  readonly clientId: string;
  readonly text: string;
}

@Injectable()
export class PartyRepository {
  /** Blocks other transactions that open a party for this account until this one ends. */
  async lockAccount(tx: Transaction, accountId: string): Promise<void> {
    await lockInTransaction(tx, 'accountParties', accountId);
  }

  async countOfAccount(tx: Transaction, accountId: string): Promise<number> {
    return tx.countBy(PartyEntity, { accountId });
  }

  async insert(tx: Transaction, party: NewParty): Promise<void> {
    await tx.insert(PartyEntity, party);
  }

  async findByCode(tx: Transaction, codeHash: Buffer): Promise<Party | undefined> {
    return (await tx.findOneBy(PartyEntity, { codeHash })) ?? undefined;
  }

  async find(tx: Transaction, id: string): Promise<Party | undefined> {
    return (await tx.findOneBy(PartyEntity, { id })) ?? undefined;
  }

  /** Locks the party, so that joins run one after the other. @throws CodedError PARTY_NOT_FOUND */
  async lock(tx: Transaction, id: string): Promise<void> {
    const party = await tx.findOne(PartyEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (!party) throw new CodedError('PARTY_NOT_FOUND', { partyId: id });
  }

  /** @returns false if the participant is not the host */
  async setPlayback(
    tx: Transaction,
    id: string,
    hostId: string,
    { isPlaying, positionMs }: { readonly isPlaying: boolean; readonly positionMs: number },
  ): Promise<boolean> {
    const changes = {
      isPlaying,
      positionMs: () => 'least(:positionMs, duration_ms)',
      // now() is the start of the transaction, which can wait for the row.
      playbackAt: () => 'clock_timestamp()',
      revision: () => 'revision + 1',
    };
    const { affected } = await tx
      .createQueryBuilder()
      .update(PartyEntity)
      .set(changes)
      .where({ id, hostId })
      .setParameters({ positionMs })
      .execute();
    return affected === 1;
  }

  /** @returns false if the participant is not the host */
  async setHost(tx: Transaction, id: string, hostId: string, nextHostId: string): Promise<boolean> {
    const changes = { hostId: nextHostId, revision: () => 'revision + 1' };
    return (await tx.update(PartyEntity, { id, hostId }, changes)).affected === 1;
  }

  /**
   * Replaces absent hosts with the longest-present participants.
   *
   * @returns the parties with another host
   */
  async replaceAbsentHosts(tx: Transaction, ids: readonly string[]): Promise<string[]> {
    // Raw SQL: the query builder has no UPDATE with FROM. Locks the rows in one order, so that two replicas cannot deadlock.
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `WITH abandoned AS (
         SELECT party.id FROM party
         WHERE party.id = ANY($1) AND NOT EXISTS (
           SELECT FROM party_participant participant WHERE participant.id = party.host_id AND ${PRESENT}
         ) ORDER BY party.id FOR NO KEY UPDATE
       ), next_host AS (
         SELECT DISTINCT ON (participant.party_id) participant.party_id, participant.id
         FROM party_participant participant JOIN abandoned ON abandoned.id = participant.party_id
         WHERE ${PRESENT} ORDER BY participant.party_id, participant.joined_at, participant.id
       )
       UPDATE party SET host_id = next_host.id, revision = revision + 1
       FROM next_host WHERE party.id = next_host.party_id RETURNING party.id`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  async listVersions(tx: Transaction, ids: readonly string[]): Promise<PartyVersion[]> {
    // Raw SQL: the query builder has no lateral join.
    return tx.query<PartyVersion[]>(
      `SELECT party.id, revision, text_count AS "textCount", present.ids AS "presentIds" FROM party
       CROSS JOIN LATERAL (
         SELECT coalesce(array_agg(participant.id::text ORDER BY joined_at, participant.id), '{}') AS ids
         FROM party_participant participant WHERE participant.party_id = party.id AND ${PRESENT}
       ) AS present WHERE party.id = ANY($1)`,
      [ids],
    );
  }

  /**
   * Stores a text, unless it is already stored, and deletes the oldest one beyond MAX_TEXTS. Locks the party, so that texts
   * commit in the order of their numbers.
   */
  async addText(tx: Transaction, text: NewText): Promise<void> {
    await this.lock(tx, text.partyId);
    const { participantId, clientId, partyId } = text;
    if (await tx.existsBy(PartyTextEntity, { participantId, clientId })) return;
    const { raw } = await tx
      .createQueryBuilder()
      .update(PartyEntity)
      .set({ textCount: () => 'text_count + 1' })
      .where({ id: partyId })
      .returning('text_count')
      .execute();
    const number = (raw as { text_count: number }[])[0]?.text_count ?? 0;
    await tx.insert(PartyTextEntity, { ...text, number });
    await tx.delete(PartyTextEntity, { partyId, number: LessThanOrEqual(number - MAX_TEXTS) });
  }

  async deleteOfAccount(tx: Transaction, accountId: string): Promise<void> {
    await tx.delete(PartyEntity, { accountId });
    await tx.delete(PartyParticipantEntity, { accountId });
  }
}
