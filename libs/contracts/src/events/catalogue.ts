import { TitleCreated } from '../gen/viernes/catalog/v1/events.js';
import { AssetUploaded, PlaybackProgressed, Published } from '../gen/viernes/video/v1/events.js';
import { defineEvent } from './define-event.js';
import { ASSETS_TOPIC, PLAYBACK_TOPIC, TITLES_TOPIC } from './topics.js';

/** A title can be found and picked; it has no film yet. Published by catalog; no service reads it yet. */
export const TitleCreatedV1 = defineEvent({
  type: 'viernes.catalog.title-created.v1',
  topic: TITLES_TOPIC,
  key: ({ titleId }: TitleCreated) => titleId,
  codec: TitleCreated,
});

/** The bytes of a source are complete and checked; nothing is transcoded yet. Published by video; no service reads it yet. */
export const AssetUploadedV1 = defineEvent({
  type: 'viernes.video.asset-uploaded.v1',
  topic: ASSETS_TOPIC,
  key: ({ assetId }: AssetUploaded) => assetId,
  codec: AssetUploaded,
});

/** The lowest rung and the audio of an asset are ready: its title can be played. Published by video, read by catalog. */
export const PublishedV1 = defineEvent({
  type: 'viernes.video.published.v1',
  topic: ASSETS_TOPIC,
  key: ({ assetId }: Published) => assetId,
  codec: Published,
});

/** A profile watches: where it is now. Published by video; read by user for continue watching, by catalog for popularity. */
export const PlaybackProgressedV1 = defineEvent({
  type: 'viernes.video.playback-progressed.v1',
  topic: PLAYBACK_TOPIC,
  key: ({ profileId }: PlaybackProgressed) => profileId,
  codec: PlaybackProgressed,
});
