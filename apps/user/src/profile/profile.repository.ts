import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { uuid, type Caller } from '@viernes/platform';
import { Repository } from 'typeorm';
import { ProfileEntity } from './profile.entity.js';
import type { Profile } from './profile.js';

@Injectable()
export class ProfileRepository {
  constructor(@InjectRepository(ProfileEntity) private readonly profiles: Repository<ProfileEntity>) {}

  /** Lists the profiles of an account, oldest first. */
  async list(accountId: string, tx: Transaction = this.profiles.manager): Promise<Profile[]> {
    const rows = await tx.find(ProfileEntity, { where: { accountId }, order: { createdAt: 'ASC', id: 'ASC' } });
    return rows.map(toProfile);
  }

  /**
   * Returns a profile of the account.
   *
   * @param profileId any text
   * @throws CodedError PROFILE_NOT_FOUND, also for a profile of another account
   */
  async get(accountId: string, profileId: string): Promise<Profile> {
    const id = uuid.safeParse(profileId).data;
    const row = id === undefined ? null : await this.profiles.findOneBy({ id, accountId });
    if (!row) throw new CodedError('PROFILE_NOT_FOUND', { profileId });
    return toProfile(row);
  }

  /**
   * Returns a profile that the session of the caller can use: the selected one, or one without a PIN.
   *
   * @throws CodedError PROFILE_NOT_FOUND, PIN_REQUIRED
   */
  async getUsable({ accountId, profileId: selectedId }: Caller, profileId: string): Promise<Profile> {
    const profile = await this.get(accountId, profileId);
    if (profile.hasPin && profile.id !== selectedId) throw new CodedError('PIN_REQUIRED', { profileId });
    return profile;
  }

  /**
   * Returns the profile that the session of the caller has selected.
   *
   * @throws CodedError PROFILE_NOT_SELECTED, also if the profile was deleted after the access token was issued
   */
  async getSelected({ accountId, profileId: id }: Caller, tx: Transaction = this.profiles.manager): Promise<Profile> {
    const row = id === undefined ? null : await tx.findOneBy(ProfileEntity, { id, accountId });
    if (!row) throw new CodedError('PROFILE_NOT_SELECTED');
    return toProfile(row);
  }

  async insert(tx: Transaction, accountId: string, profile: Profile, pinHash: string | null = null): Promise<void> {
    const { hasPin: _, ...columns } = profile;
    await tx.insert(ProfileEntity, { ...columns, accountId, pinHash });
  }
}

export function toProfile(row: ProfileEntity): Profile {
  const { id, name, avatar, language, isKids, maximumAge, pinHash } = row;
  return { id, name, avatar, language, isKids, maximumAge: maximumAge ?? undefined, hasPin: pinHash !== null };
}
