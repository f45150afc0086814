import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { AccountRepository } from '../account/account.repository.js';
import { CheckPassword } from '../account/check-password.service.js';
import { PasswordHashing } from '../account/password-hashing.js';
import type { Profile } from '../profile/profile.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import { SelectedProfileRepository } from '../profile/selected-profile.repository.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { HouseholdRepository } from './household.repository.js';
import { PinRepository } from './pin.repository.js';

/** Checks, sets, and removes the PINs of profiles. */
@Injectable()
export class ProfilePins {
  constructor(
    private readonly pins: PinRepository,
    private readonly accounts: AccountRepository,
    private readonly checkPassword: CheckPassword,
    private readonly households: HouseholdRepository,
    private readonly profiles: ProfileRepository,
    private readonly selected: SelectedProfileRepository,
    private readonly passwords: PasswordHashing,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Checks the PIN of a profile, and limits the attempts.
   *
   * @returns the hash of the PIN that was correct, undefined if the profile has none
   * @throws CodedError PIN_REQUIRED, PIN_WRONG, PIN_LOCKED, OVERLOADED
   */
  async check({ id: profileId, hasPin }: Profile, pin: string | undefined): Promise<string | undefined> {
    if (!hasPin) return undefined;
    if (pin === undefined) throw new CodedError('PIN_REQUIRED', { profileId });
    if (!(await this.pins.countAttempt(profileId))) throw new CodedError('PIN_LOCKED', { profileId });
    const pinHash = await this.pins.findHash(profileId);
    if (!(await this.passwords.verify(pinHash, pin))) throw new CodedError('PIN_WRONG');
    await this.pins.resetAttempts(profileId);
    return pinHash;
  }

  /**
   * Sets the PIN of a profile. Other sessions must select the profile again.
   *
   * @throws CodedError PROFILE_NOT_FOUND, PIN_REQUIRED, OVERLOADED
   */
  async set(caller: Caller, profileId: string, pin: string): Promise<void> {
    // Checked before the PIN is hashed, so that a request that fails causes no work.
    (await this.households.find(caller)).getUsable(profileId);
    const pinHash = await this.passwords.hash(pin);
    await this.transactions.run(async (tx) => {
      const { id } = (await this.households.lock(tx, caller)).getUsable(profileId);
      await this.pins.put(tx, id, pinHash);
      await this.events.insert(tx, { kind: 'pinSet', accountId: caller.accountId });
      await this.selected.deleteOthers(tx, id, caller.sessionId);
    });
  }

  /**
   * Removes the PIN of a profile. Requires the password of the account instead of the PIN, which can be forgotten.
   *
   * @throws CodedError PROFILE_NOT_FOUND, PASSWORD_WRONG, OVERLOADED
   */
  async remove({ accountId }: Caller, profileId: string, password: string): Promise<void> {
    const { id } = await this.profiles.get(accountId, profileId);
    const credentials = await this.checkPassword.confirm(accountId, password);
    await this.transactions.run(async (tx) => {
      if (!(await this.accounts.lockVerified(tx, credentials))) throw new CodedError('PASSWORD_WRONG');
      await this.pins.put(tx, id, null);
      await this.events.insert(tx, { kind: 'pinRemoved', accountId });
    });
  }
}
