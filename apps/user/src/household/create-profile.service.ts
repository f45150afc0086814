import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { PasswordHashing } from '../account/password-hashing.js';
import { toNewProfile, type Profile } from '../profile/profile.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { limitKids } from './household.js';
import { HouseholdRepository } from './household.repository.js';
import type { CreateProfileRequest } from './household.requests.js';

@Injectable()
export class CreateProfile {
  constructor(
    private readonly households: HouseholdRepository,
    private readonly passwords: PasswordHashing,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /** @throws CodedError PROFILE_LIMIT_REACHED, PROFILE_LIMITED, PROFILE_NAME_TAKEN, OVERLOADED */
  async run(caller: Caller, { pin, ...fields }: CreateProfileRequest): Promise<Profile> {
    const profile = limitKids(toNewProfile({ ...fields, id: randomUUID(), hasPin: pin !== undefined }));
    // Checked before the PIN is hashed, so that a request beyond the limits does not hash one.
    (await this.households.find(caller)).assertCanAdd(profile);
    const pinHash = pin === undefined ? null : await this.passwords.hash(pin);
    await this.transactions.run(async (tx) => {
      const household = await this.households.lock(tx, caller);
      household.assertCanAdd(profile);
      await this.households.insert(tx, caller.accountId, profile, pinHash);
      await this.events.insert(tx, { kind: 'profileCreated', accountId: caller.accountId });
    });
    return profile;
  }
}
