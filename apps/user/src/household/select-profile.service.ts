import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { AccountRepository } from '../account/account.repository.js';
import type { Profile } from '../profile/profile.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import { SelectedProfileRepository } from '../profile/selected-profile.repository.js';
import { AccessTokenIssuer, type AccessToken } from '../session/access-token-issuer.js';
import type { SelectProfileRequest } from './household.requests.js';
import { HouseholdRepository } from './household.repository.js';
import { PinRepository } from './pin.repository.js';
import { ProfilePins } from './profile-pins.js';

@Injectable()
export class SelectProfile {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly profiles: ProfileRepository,
    private readonly selected: SelectedProfileRepository,
    private readonly households: HouseholdRepository,
    private readonly pins: PinRepository,
    private readonly profilePins: ProfilePins,
    private readonly accessTokens: AccessTokenIssuer,
    private readonly transactions: Transactions,
  ) {}

  /** @throws CodedError PROFILE_NOT_FOUND, PIN_REQUIRED, PIN_WRONG, PIN_LOCKED, SESSION_ENDED, OVERLOADED */
  async run(
    caller: Caller,
    { profileId, pin }: SelectProfileRequest,
  ): Promise<{ profile: Profile; access: AccessToken }> {
    const { accountId, sessionId } = caller;
    const found = await this.profiles.get(accountId, profileId);
    const pinHash = await this.profilePins.check(found, pin);
    // Reads the role of the account, because the access token of the request has the role for the previous profile.
    const credentials = await this.accounts.findCredentials({ id: accountId });
    const profile = await this.transactions.run(async (tx) => {
      const current = (await this.households.lock(tx, caller)).get(found.id);
      // A new PIN deselects the profile, so it must not be selected with the previous PIN after that.
      if ((await this.pins.findHash(found.id, tx)) !== pinHash) throw new CodedError('PIN_REQUIRED', { profileId });
      return (await this.selected.put(tx, sessionId, found.id)) ? current : undefined;
    });
    if (!credentials || !profile) throw new CodedError('SESSION_ENDED');
    return { profile, access: await this.accessTokens.issue(sessionId, credentials.account, profile) };
  }
}
