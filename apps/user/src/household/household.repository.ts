import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, type Transaction } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { ProfileEntity } from '../profile/profile.entity.js';
import type { Profile } from '../profile/profile.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import { SelectedProfileRepository } from '../profile/selected-profile.repository.js';
import { Household } from './household.js';

@Injectable()
export class HouseholdRepository {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly selected: SelectedProfileRepository,
  ) {}

  /** Reads the profiles of the caller's account. Other transactions that change them wait until this one ends. */
  async lock(tx: Transaction, caller: Caller): Promise<Household> {
    await lockInTransaction(tx, 'accountProfiles', caller.accountId);
    return this.find(caller, tx);
  }

  /** Reads the profiles of the caller's account for a check before expensive work. They can change until `lock`. */
  async find({ accountId, sessionId }: Caller, tx?: Transaction): Promise<Household> {
    const profiles = await this.profiles.list(accountId, tx);
    const selected = await this.selected.find(sessionId, tx);
    return new Household(profiles, selected?.id);
  }

  /** @throws CodedError PROFILE_NAME_TAKEN */
  async insert(tx: Transaction, accountId: string, profile: Profile, pinHash: string | null): Promise<void> {
    await this.assertNameFree(tx, accountId, profile);
    await this.profiles.insert(tx, accountId, profile, pinHash);
  }

  /** @throws CodedError PROFILE_NAME_TAKEN */
  async replace(tx: Transaction, accountId: string, profile: Profile): Promise<void> {
    await this.assertNameFree(tx, accountId, profile);
    const { id, hasPin: _, maximumAge = null, ...columns } = profile;
    await tx.update(ProfileEntity, { id }, { ...columns, maximumAge });
  }

  async delete(tx: Transaction, id: string): Promise<void> {
    await tx.delete(ProfileEntity, { id });
  }

  /** Compares names like the unique index, which protects against writers that do not take the lock. */
  private async assertNameFree(tx: Transaction, accountId: string, { id, name }: Profile): Promise<void> {
    const isTaken = await tx
      .createQueryBuilder(ProfileEntity, 'profile')
      .where('profile.accountId = :accountId AND profile.id <> :id', { accountId, id })
      .andWhere('lower(profile.name COLLATE "und-x-icu") = lower(:name COLLATE "und-x-icu")', { name })
      .getExists();
    if (isTaken) throw new CodedError('PROFILE_NAME_TAKEN');
  }
}
