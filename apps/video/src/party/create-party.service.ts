import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, type videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AssetRepository } from '../asset/asset.repository.js';
import { hashToken } from '../playback/playback-token.js';
import { ParticipantRepository } from './participant.repository.js';
import { PartyRepository } from './party.repository.js';
import { MAX_PARTIES } from './party.js';
import type { CreatePartyRequest } from './party.requests.js';

/** 128 random bits cannot be guessed. */
const CODE_BYTES = 16;

@Injectable()
export class CreateParty {
  constructor(
    private readonly parties: PartyRepository,
    private readonly participants: ParticipantRepository,
    private readonly assets: AssetRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Opens a party at the start of the video, paused, with the caller as its host. Counts under a lock, so that concurrent
   * calls cannot exceed the limit.
   *
   * @throws CodedError TITLE_NOT_PLAYABLE, PARTY_LIMIT_REACHED
   */
  async run(accountId: string, request: CreatePartyRequest): Promise<videoV1.Party> {
    const { titleId, videoId, profileId, name, minimumAge = null } = request;
    const [id, hostId, code] = [randomUUID(), randomUUID(), randomBytes(CODE_BYTES).toString('base64url')];
    return this.transactions.run(async (tx) => {
      const { durationMs } = await this.assets.getNewestPlayable(tx, videoId);
      await this.parties.lockAccount(tx, accountId);
      const count = await this.parties.countOfAccount(tx, accountId);
      if (count >= MAX_PARTIES) throw new CodedError('PARTY_LIMIT_REACHED', { count });
      const party = { id, accountId, titleId, videoId, minimumAge, durationMs, hostId, codeHash: hashToken(code) };
      await this.parties.insert(tx, party);
      // The host is present before it connects, so that no guest that connects earlier becomes the host.
      await this.participants.join(tx, { id: hostId, partyId: id, accountId, profileId, name });
      return { titleId, videoId, code, durationMs, participantCount: 1 };
    });
  }
}
