import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { uuid } from '@viernes/platform';
import { Repository } from 'typeorm';
import { ProfileEntity } from './profile.entity.js';

/** A member of a household. Accounts have at least one. */
export interface Profile {
  readonly id: string;
  readonly name: string;
}

@Injectable()
export class ProfileRepository {
  constructor(@InjectRepository(ProfileEntity) private readonly profiles: Repository<ProfileEntity>) {}

  /** Lists the profiles of an account, oldest first. */
  async list(accountId: string): Promise<Profile[]> {
    const rows = await this.profiles.find({ where: { accountId }, order: { createdAt: 'ASC', id: 'ASC' } });
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

  async insert(tx: Transaction, accountId: string, profile: Profile): Promise<void> {
    await tx.insert(ProfileEntity, { ...profile, accountId });
  }
}

function toProfile({ id, name }: ProfileEntity): Profile {
  return { id, name };
}
