import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { HouseholdRepository } from './household.repository.js';

@Injectable()
export class DeleteProfile {
  constructor(
    private readonly households: HouseholdRepository,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Deletes a profile with its history, list, and ratings. Sessions that have selected it have no profile afterwards.
   *
   * @throws CodedError PROFILE_NOT_FOUND, PIN_REQUIRED, PROFILE_REQUIRED
   */
  async run(caller: Caller, profileId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const household = await this.households.lock(tx, caller);
      const profile = household.getUsable(profileId);
      household.assertCanDelete(profile);
      await this.households.delete(tx, profile.id);
      await this.events.insert(tx, { kind: 'profileDeleted', accountId: caller.accountId });
    });
  }
}
