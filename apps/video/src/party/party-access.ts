import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { isInAudience } from '../playback/audience.js';
import { hashToken } from '../playback/playback-token.js';
import { PartyRepository } from './party.repository.js';
import type { Party } from './party.js';

/** A caller that can join a party, because it has selected a profile. */
export interface Guest extends Caller {
  readonly profileId: string;
}

@Injectable()
export class PartyAccess {
  constructor(private readonly parties: PartyRepository) {}

  /**
   * Returns the party with this code. For a profile below the minimum age of the title, it does not exist.
   *
   * @throws CodedError PARTY_NOT_FOUND
   */
  async getParty(tx: Transaction, caller: Caller, code: string): Promise<Party> {
    const party = await this.parties.findByCode(tx, hashToken(code));
    if (!party || !isInAudience(caller, party.minimumAge ?? Infinity)) throw new CodedError('PARTY_NOT_FOUND');
    return party;
  }
}

/** @throws CodedError PROFILE_NOT_SELECTED */
export function requireGuest({ profileId, ...caller }: Caller): Guest {
  if (profileId === undefined) throw new CodedError('PROFILE_NOT_SELECTED');
  return { ...caller, profileId };
}
