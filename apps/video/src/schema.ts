import { IDEMPOTENCY_ENTITIES, IDEMPOTENCY_MIGRATIONS, type EntityClass, type MigrationClass } from '@viernes/database';
import { MESSAGING_ENTITIES, MESSAGING_MIGRATIONS } from '@viernes/messaging';
import { AssetEntity } from './asset/asset.entity.js';
import { RenditionEntity } from './asset/rendition.entity.js';
import { Initial1763700000000 } from './migrations/1763700000000-initial.js';
import { PartyParticipantEntity } from './party/party-participant.entity.js';
import { PartyTextEntity } from './party/party-text.entity.js';
import { PartyEntity } from './party/party.entity.js';
import { PlaybackSessionEntity } from './playback/playback-session.entity.js';
import { DiscardedObjectEntity } from './transcode/discarded-object.entity.js';
import { TranscodeJobEntity } from './transcode/transcode-job.entity.js';
import { UploadEntity } from './upload/upload.entity.js';

/** All tables of this service's database. */
export const ENTITIES: readonly EntityClass[] = [
  ...MESSAGING_ENTITIES,
  ...IDEMPOTENCY_ENTITIES,
  UploadEntity,
  AssetEntity,
  RenditionEntity,
  TranscodeJobEntity,
  DiscardedObjectEntity,
  PlaybackSessionEntity,
  PartyEntity,
  PartyParticipantEntity,
  PartyTextEntity,
];

/** In order of execution. Never change a released migration. */
export const MIGRATIONS: readonly MigrationClass[] = [
  ...MESSAGING_MIGRATIONS,
  Initial1763700000000,
  ...IDEMPOTENCY_MIGRATIONS,
];
