import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Transaction } from '@viernes/database';
import { Not, Repository } from 'typeorm';
import { ProfileEntity } from './profile.entity.js';
import type { Profile } from './profile.js';
import { toProfile } from './profile.repository.js';
import { SelectedProfileEntity } from './selected-profile.entity.js';

@Injectable()
export class SelectedProfileRepository {
  constructor(@InjectRepository(SelectedProfileEntity) private readonly selected: Repository<SelectedProfileEntity>) {}

  /** Returns the profile that a session acts for. */
  async find(sessionId: string, tx: Transaction = this.selected.manager): Promise<Profile | undefined> {
    const row = await tx
      .createQueryBuilder(ProfileEntity, 'profile')
      .innerJoin(SelectedProfileEntity, 'selected', 'selected.profileId = profile.id')
      .where('selected.sessionId = :sessionId', { sessionId })
      .getOne();
    return row ? toProfile(row) : undefined;
  }

  /** @returns false if the session has ended */
  async put(tx: Transaction, sessionId: string, profileId: string): Promise<boolean> {
    // Raw SQL: one statement checks the session and selects the profile.
    const selected = await tx.query<unknown[]>(
      `INSERT INTO selected_profile (session_id, profile_id)
       SELECT id, $2 FROM session WHERE id = $1 AND expires_at > clock_timestamp()
       ON CONFLICT (session_id) DO UPDATE SET profile_id = excluded.profile_id RETURNING 1`,
      [sessionId, profileId],
    );
    return selected.length === 1;
  }

  /** Selects the only profile of an account for a new session, unless it has a PIN. */
  async putOnly(tx: Transaction, sessionId: string, accountId: string): Promise<void> {
    // Raw SQL: one statement selects and inserts.
    await tx.query(
      `INSERT INTO selected_profile (session_id, profile_id)
       SELECT $1, only_profile.id FROM (
         SELECT id, pin_hash, count(*) OVER () AS count FROM profile WHERE account_id = $2) only_profile
       WHERE count = 1 AND pin_hash IS NULL`,
      [sessionId, accountId],
    );
  }

  /** Deselects a profile in all other sessions. They must select it again, with its new PIN. */
  async deleteOthers(tx: Transaction, profileId: string, sessionId: string): Promise<void> {
    await tx.delete(SelectedProfileEntity, { profileId, sessionId: Not(sessionId) });
  }
}
