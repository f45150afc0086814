import { Module } from '@nestjs/common';
import { RowCleanups } from '@viernes/database';
import { AssetModule } from '../asset/asset.module.js';
import { CreateParty } from './create-party.service.js';
import { JoinParty } from './join-party.service.js';
import { ParticipantRepository } from './participant.repository.js';
import { PartyAccess } from './party-access.js';
import { PartyActions } from './party-actions.js';
import { PartyClock } from './party-clock.js';
import { PartyController } from './party.controller.js';
import { PartyRepository } from './party.repository.js';
import { PartyRooms } from './party-rooms.js';

/** Parties whose latest participant left a day ago, with their participants and texts. */
const ABANDONED_PARTIES = {
  table: 'party',
  key: 'id',
  where: `created_at < now() - interval '1 day' AND NOT EXISTS (
    SELECT FROM party_participant WHERE party_id = party.id AND last_seen_at > now() - interval '1 day')`,
  orderBy: 'created_at',
};

@Module({
  imports: [AssetModule],
  controllers: [PartyController],
  providers: [
    CreateParty,
    JoinParty,
    ParticipantRepository,
    PartyAccess,
    PartyActions,
    PartyClock,
    PartyRepository,
    PartyRooms,
  ],
})
export class PartyModule {
  constructor(cleanups: RowCleanups) {
    cleanups.add(ABANDONED_PARTIES);
  }
}
