import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import { z } from 'zod';
import { ProfileEntity } from './profile.entity.js';
import type { Profile } from './profile.js';

@Injectable()
export class ProfileRepository {
  constructor(@InjectRepository(ProfileEntity) private readonly profiles: Repository<ProfileEntity>) {}

  /** All of an account, oldest first. */
  async list(accountId: string): Promise<Profile[]> {
    return this.profiles.query<Profile[]>(
      'select id, name from profile where account_id = $1 order by created_at, id',
      [accountId],
    );
  }

  /**
   * Lets pass who the profile belongs to. Somebody else's profile looks like none.
   *
   * @throws CodedError PROFILE_NOT_FOUND
   */
  async requireOwned(accountId: string, profileId: string): Promise<void> {
    const isId = z.guid().safeParse(profileId).success;
    const rows = isId
      ? await this.profiles.query<unknown[]>('select 1 from profile where id = $1 and account_id = $2', [
          profileId,
          accountId,
        ])
      : [];
    if (rows.length === 0) throw new CodedError('PROFILE_NOT_FOUND', isId ? { profileId } : {});
  }

  async insert(tx: Transaction, { id, accountId, name }: Profile & { readonly accountId: string }): Promise<Profile> {
    await tx.query('insert into profile (id, account_id, name) values ($1, $2, $3)', [id, accountId, name]);
    return { id, name };
  }
}
