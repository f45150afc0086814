import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { Caller } from '@viernes/platform';
import { AccountRepository } from '../account/account.repository.js';
import type { Profile } from '../profile/profile.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import { SelectedProfileRepository } from '../profile/selected-profile.repository.js';
import { AccessTokenIssuer, type AccessToken } from '../session/access-token-issuer.js';
import type { SelectProfileRequest } from './household.requests.js';
import { ProfilePins } from './profile-pins.js';

@Injectable()
export class SelectProfile {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly profiles: ProfileRepository,
    private readonly selected: SelectedProfileRepository,
    private readonly pins: ProfilePins,
    private readonly accessTokens: AccessTokenIssuer,
  ) {}

  /** @throws CodedError PROFILE_NOT_FOUND, PIN_REQUIRED, PIN_WRONG, PIN_LOCKED, SESSION_ENDED, OVERLOADED */
  async run(
    { accountId, sessionId }: Caller,
    { profileId, pin }: SelectProfileRequest,
  ): Promise<{ profile: Profile; access: AccessToken }> {
    const profile = await this.profiles.get(accountId, profileId);
    await this.pins.check(profile, pin);
    // The role in the access token of the request is that of the previous profile.
    const credentials = await this.accounts.findCredentials({ id: accountId });
    const isSelected = await this.selected.put(sessionId, profile.id);
    if (!credentials || !isSelected) throw new CodedError('SESSION_ENDED');
    return { profile, access: await this.accessTokens.issue(sessionId, credentials.account, profile) };
  }
}
