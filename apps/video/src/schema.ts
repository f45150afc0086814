import type { EntityClass, MigrationClass } from '@viernes/database';
import { MESSAGING_ENTITIES, MESSAGING_MIGRATIONS } from '@viernes/messaging';
import { AssetEntity } from './asset/asset.entity.js';
import { RenditionEntity } from './asset/rendition.entity.js';
import { CreateVideoTables1763650000000 } from './migrations/1763650000000-create-video-tables.js';
import { ListUploadsByTitle1763712000000 } from './migrations/1763712000000-list-uploads-by-title.js';
import { PlaybackSessionEntity } from './playback/playback-session.entity.js';
import { DiscardedObjectEntity } from './transcode/discarded-object.entity.js';
import { TranscodeJobEntity } from './transcode/transcode-job.entity.js';
import { UploadEntity } from './upload/upload.entity.js';

/** Every table of this service's database. */
export const ENTITIES: readonly EntityClass[] = [
  ...MESSAGING_ENTITIES,
  UploadEntity,
  AssetEntity,
  RenditionEntity,
  TranscodeJobEntity,
  DiscardedObjectEntity,
  PlaybackSessionEntity,
];

/** In order. One that was released is never changed. */
export const MIGRATIONS: readonly MigrationClass[] = [
  ...MESSAGING_MIGRATIONS,
  CreateVideoTables1763650000000,
  ListUploadsByTitle1763712000000,
];
