import { Injectable } from '@nestjs/common';
import { AccountChangedV1, CodedError, KIDS_MAXIMUM_AGE } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import type { Caller } from '@viernes/platform';
import { LANGUAGES } from '@viernes/translations';
import { AccountRepository } from '../account/account.repository.js';
import type { Profile } from '../profile/profile.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { limitKids } from './household.js';
import { HouseholdRepository } from './household.repository.js';
import type { UpdateProfileRequest } from './household.requests.js';

@Injectable()
export class UpdateProfile {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly households: HouseholdRepository,
    private readonly events: SecurityEventRepository,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Changes the fields that are set. The language of the account follows that of the selected profile.
   *
   * @throws CodedError PROFILE_NOT_FOUND, PIN_REQUIRED, PROFILE_LIMITED, PROFILE_REQUIRED, PROFILE_NAME_TAKEN;
   *   REQUEST_INVALID if the maximum age is too high for kids
   */
  async run(caller: Caller, { profileId, maximumAgeChange, ...changes }: UpdateProfileRequest): Promise<Profile> {
    return this.transactions.run(async (tx) => {
      const household = await this.households.lock(tx, caller);
      const { maximumAge, ...current } = household.getUsable(profileId);
      const { name, avatar, language, isKids } = current;
      const profile = limitKids({
        ...current,
        name: changes.name ?? name,
        avatar: changes.avatar ?? avatar,
        language: changes.language ?? language,
        isKids: changes.isKids ?? isKids,
        maximumAge: maximumAgeChange ? maximumAgeChange.maximumAge : maximumAge,
      });
      if (maximumAgeChange?.maximumAge !== undefined && profile.maximumAge !== maximumAgeChange.maximumAge)
        throw ageInvalid();
      household.assertCanReplace(profile);
      await this.households.replace(tx, caller.accountId, profile);
      // Mails that are sent without a session, such as password resets, use the language of the account.
      const isOwnLanguage = profile.language !== language && profile.id === caller.profileId;
      if (isOwnLanguage && LANGUAGES.includes(profile.language))
        await this.accounts.setLanguage(tx, caller.accountId, profile.language);
      const isLimitChanged = profile.maximumAge !== maximumAge || profile.isKids !== isKids;
      if (isLimitChanged) await this.events.insert(tx, { kind: 'profileLimitChanged', accountId: caller.accountId });
      await this.outbox.add(tx, AccountChangedV1, { accountId: caller.accountId, kind: 'profileChanged', profileId });
      return profile;
    });
  }
}

function ageInvalid(): CodedError {
  const values = { maximum: KIDS_MAXIMUM_AGE };
  const fieldErrors = [{ path: 'maximumAge', reason: 'maximumForKids', values }] as const;
  return new CodedError('REQUEST_INVALID', {}, { fieldErrors });
}
