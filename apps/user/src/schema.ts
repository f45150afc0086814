import type { EntityClass, MigrationClass } from '@viernes/database';
import { MESSAGING_ENTITIES, MESSAGING_MIGRATIONS } from '@viernes/messaging';
import { AccountEntity } from './account/account.entity.js';
import { Accounts1763700000000 } from './migrations/1763700000000-accounts.js';
import { ProfileEntity } from './profile/profile.entity.js';
import { ProgressEntity } from './progress/progress.entity.js';
import { RefreshTokenEntity } from './session/refresh-token.entity.js';
import { SessionEntity } from './session/session.entity.js';
import { SigningKeyEntity } from './signing-key/signing-key.entity.js';

/** Every table of this service's database. */
export const ENTITIES: readonly EntityClass[] = [
  ...MESSAGING_ENTITIES,
  AccountEntity,
  ProfileEntity,
  SessionEntity,
  RefreshTokenEntity,
  SigningKeyEntity,
  ProgressEntity,
];

/** In order. One that was released is never changed. */
export const MIGRATIONS: readonly MigrationClass[] = [...MESSAGING_MIGRATIONS, Accounts1763700000000];
