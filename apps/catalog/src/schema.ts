import type { EntityClass, MigrationClass } from '@viernes/database';
import { MESSAGING_ENTITIES, MESSAGING_MIGRATIONS } from '@viernes/messaging';
import { Titles1763700000000 } from './migrations/1763700000000-titles.js';
import { TitlePopularityEntity } from './popularity/title-popularity.entity.js';
import { PublicationEntity } from './publication/publication.entity.js';
import { TitleEntity } from './title/title.entity.js';

/** Every table of this service's database. */
export const ENTITIES: readonly EntityClass[] = [
  ...MESSAGING_ENTITIES,
  TitleEntity,
  PublicationEntity,
  TitlePopularityEntity,
];

/** In order. One that was released is never changed. */
export const MIGRATIONS: readonly MigrationClass[] = [...MESSAGING_MIGRATIONS, Titles1763700000000];
