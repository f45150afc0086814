import { IDEMPOTENCY_ENTITIES, IDEMPOTENCY_MIGRATIONS, type EntityClass, type MigrationClass } from '@viernes/database';
import { MESSAGING_ENTITIES, MESSAGING_MIGRATIONS } from '@viernes/messaging';
import { ChangeEntity } from './change/change.entity.js';
import { HomeEntryEntity } from './home/home-entry.entity.js';
import { HomeRefreshEntity } from './home/home-refresh.entity.js';
import { Initial1763700000000 } from './migrations/1763700000000-initial.js';
import { DeletedPersonEntity } from './person-editing/deleted-person.entity.js';
import { createTitleNameOrder } from './migrations/1763800000000-title-name-order.js';
import { CreditEntity } from './person/credit.entity.js';
import { PersonEntity } from './person/person.entity.js';
import { TitlePopularityEntity } from './popularity/title-popularity.entity.js';
import { PublicationEntity } from './publication/publication.entity.js';
import { DeletedEpisodeEntity } from './season/deleted-episode.entity.js';
import { DeletedSeasonEntity } from './season/deleted-season.entity.js';
import { EpisodeEntity } from './season/episode.entity.js';
import { SeasonEntity } from './season/season.entity.js';
import { SearchWordEntity } from './search/search-word.entity.js';
import { TitleSearchEntity } from './search/title-search.entity.js';
import { TitleWordEntity } from './search/title-word.entity.js';
import { TitleEntity } from './title/title.entity.js';
import { WebhookDeliveryEntity } from './webhook-delivery/webhook-delivery.entity.js';
import { WebhookEntity } from './webhook/webhook.entity.js';
import { TITLE_NAME_ORDERS } from './title/title-name-order.js';

/** All tables of this service's database. */
export const ENTITIES: readonly EntityClass[] = [
  ...MESSAGING_ENTITIES,
  ...IDEMPOTENCY_ENTITIES,
  TitleEntity,
  PersonEntity,
  DeletedPersonEntity,
  CreditEntity,
  SeasonEntity,
  EpisodeEntity,
  DeletedSeasonEntity,
  DeletedEpisodeEntity,
  ChangeEntity,
  PublicationEntity,
  TitlePopularityEntity,
  TitleSearchEntity,
  TitleWordEntity,
  SearchWordEntity,
  HomeEntryEntity,
  HomeRefreshEntity,
  WebhookEntity,
  WebhookDeliveryEntity,
];

/** In order of execution. Never change a released migration. */
export const MIGRATIONS: readonly MigrationClass[] = [
  ...MESSAGING_MIGRATIONS,
  Initial1763700000000,
  ...TITLE_NAME_ORDERS.map(createTitleNameOrder),
  ...IDEMPOTENCY_MIGRATIONS,
];
