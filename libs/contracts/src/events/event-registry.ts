import {
  AccountChangesAnonymized,
  HomeRowsChanged,
  PersonChanged,
  TitleChanged,
} from '../gen/viernes/catalog/v1/events.js';
import { UsageCounted } from '../gen/viernes/edge/v1/events.js';
import { AccountChanged, AccountDeletionRequested, RoleChanged } from '../gen/viernes/user/v1/events.js';
import {
  AccountDataDeleted,
  AssetChanged,
  Failed,
  PlaybackProgressed,
  Published,
  UploadChanged,
} from '../gen/viernes/video/v1/events.js';
import { registerEvent, type RegisteredEvent } from './registered-event.js';
import {
  ACCOUNTS_TOPIC,
  ASSETS_TOPIC,
  CATALOG_DELETIONS_TOPIC,
  DELETIONS_TOPIC,
  PLAYBACK_TOPIC,
  TITLES_TOPIC,
  UPLOADS_TOPIC,
  USAGE_TOPIC,
  VIDEO_DELETIONS_TOPIC,
} from './topics.js';

export const PublishedV1 = registerEvent({
  type: 'viernes.video.published.v1',
  topic: ASSETS_TOPIC,
  keyField: 'assetId',
  codec: Published,
  description: 'The lowest rung and the audio of an asset are ready. Its title is playable.',
  consumers: ['catalog.make-title-playable', 'catalog.announce-published-title'],
});

export const FailedV1 = registerEvent({
  type: 'viernes.video.failed.v1',
  topic: ASSETS_TOPIC,
  keyField: 'assetId',
  codec: Failed,
  description: 'An asset will never be playable, because its file is unusable or its encoding has failed.',
  consumers: ['catalog.announce-failed-asset'],
});

export const PlaybackProgressedV1 = registerEvent({
  type: 'viernes.video.playback-progressed.v1',
  topic: PLAYBACK_TOPIC,
  keyField: 'profileId',
  codec: PlaybackProgressed,
  description: 'The current position of a profile that watches a title.',
  consumers: ['catalog.count-view', 'user.store-progress'],
});

export const TitleChangedV1 = registerEvent({
  type: 'viernes.catalog.title-changed.v1',
  topic: TITLES_TOPIC,
  keyField: 'titleId',
  codec: TitleChanged,
  description: 'A title, its seasons, its people, or its asset changed. Responses that contain it are outdated.',
  consumers: ['edge.invalidate-titles', 'edge.show-title-change'],
});

export const PersonChangedV1 = registerEvent({
  type: 'viernes.catalog.person-changed.v1',
  topic: TITLES_TOPIC,
  keyField: 'personId',
  codec: PersonChanged,
  description:
    'The name or the slug of a person changed, or the person was deleted or restored. Responses that contain the person are outdated.',
  consumers: ['edge.invalidate-people', 'edge.show-person-change'],
});

export const HomeRowsChangedV1 = registerEvent({
  type: 'viernes.catalog.home-rows-changed.v1',
  topic: TITLES_TOPIC,
  codec: HomeRowsChanged,
  description: 'The rows of the home page changed: their titles, the order, or the data of a title.',
  consumers: ['edge.invalidate-home', 'edge.show-home-change'],
});

export const UploadChangedV1 = registerEvent({
  type: 'viernes.video.upload-changed.v1',
  topic: UPLOADS_TOPIC,
  keyField: 'uploadId',
  codec: UploadChanged,
  description: 'An upload was opened, or its state changed.',
  consumers: ['edge.show-upload'],
});

export const AssetChangedV1 = registerEvent({
  type: 'viernes.video.asset-changed.v1',
  topic: UPLOADS_TOPIC,
  keyField: 'assetId',
  codec: AssetChanged,
  description: 'The state of an uploaded video changed, or one of its renditions progressed by a tenth.',
  consumers: ['edge.show-asset'],
});

export const AccountChangedV1 = registerEvent({
  type: 'viernes.user.account-changed.v1',
  topic: ACCOUNTS_TOPIC,
  keyField: 'accountId',
  codec: AccountChanged,
  description: 'A session, a profile, a credential, the role or the plan of an account changed.',
  consumers: ['edge.show-account-change'],
});

export const RoleChangedV1 = registerEvent({
  type: 'viernes.user.role-changed.v1',
  topic: ACCOUNTS_TOPIC,
  keyField: 'accountId',
  codec: RoleChanged,
  description: 'The role of an account changed.',
  consumers: ['catalog.disable-webhooks'],
});

export const AccountDeletionRequestedV1 = registerEvent({
  type: 'viernes.user.account-deletion-requested.v1',
  topic: DELETIONS_TOPIC,
  keyField: 'accountId',
  codec: AccountDeletionRequested,
  description: 'An account is deleted. Published again until each service has responded, and once more after that.',
  consumers: ['catalog.delete-account-data', 'video.delete-account-data'],
});

export const AccountDataDeletedV1 = registerEvent({
  type: 'viernes.video.account-data-deleted.v1',
  topic: VIDEO_DELETIONS_TOPIC,
  keyField: 'accountId',
  codec: AccountDataDeleted,
  description: 'The video service has deleted the playback sessions, uploads, and unpublished videos of an account.',
  consumers: ['user.record-video-deletion'],
});

export const AccountChangesAnonymizedV1 = registerEvent({
  type: 'viernes.catalog.account-changes-anonymized.v1',
  topic: CATALOG_DELETIONS_TOPIC,
  keyField: 'accountId',
  codec: AccountChangesAnonymized,
  description: 'The change history of the catalog no longer names an account, and its webhooks are deleted.',
  consumers: ['user.record-catalog-deletion'],
});

export const UsageCountedV1 = registerEvent({
  type: 'viernes.edge.usage-counted.v1',
  topic: USAGE_TOPIC,
  keyField: 'edgeId',
  codec: UsageCounted,
  description: 'The API calls that an edge has counted since its previous event.',
  consumers: ['user.add-usage'],
});

/** A registered event with any payload. */
export type AnyRegisteredEvent = Omit<RegisteredEvent<never>, 'codec' | 'key'> & {
  readonly codec: { decode(input: Uint8Array): unknown };
};

/** All events between services. */
export const EVENTS: readonly AnyRegisteredEvent[] = [
  PublishedV1,
  FailedV1,
  PlaybackProgressedV1,
  TitleChangedV1,
  PersonChangedV1,
  HomeRowsChangedV1,
  UploadChangedV1,
  AssetChangedV1,
  AccountChangedV1,
  RoleChangedV1,
  AccountDeletionRequestedV1,
  AccountDataDeletedV1,
  AccountChangesAnonymizedV1,
  UsageCountedV1,
];

/** Lists the events and consumers of an app as sorted `<type> <consumer>`, to compare them with its code. */
export function listDeclaredConsumers(app: string): string[] {
  const all = EVENTS.flatMap(({ type, consumers }) => consumers.map((consumer) => ({ type, consumer })));
  const ofApp = all.filter(({ consumer }) => consumer.startsWith(`${app}.`));
  return ofApp.map(({ type, consumer }) => `${type} ${consumer}`).toSorted();
}
