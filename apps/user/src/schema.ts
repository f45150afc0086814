import { IDEMPOTENCY_ENTITIES, IDEMPOTENCY_MIGRATIONS, type EntityClass, type MigrationClass } from '@viernes/database';
import { MESSAGING_ENTITIES, MESSAGING_MIGRATIONS } from '@viernes/messaging';
import { PasswordFailureEntity } from './account-lock/password-failure.entity.js';
import { AccountDeletionEntity } from './account-deletion/account-deletion.entity.js';
import { AccountEntity } from './account/account.entity.js';
import { ApiKeySecretEntity } from './api-key/api-key-secret.entity.js';
import { ApiKeyEntity } from './api-key/api-key.entity.js';
import { IdentityEntity } from './identity/identity.entity.js';
import { ProviderAuthorizationEntity } from './identity/provider-authorization.entity.js';
import { InitialAccountEntity } from './initial-account/initial-account.entity.js';
import { MailEntity } from './mail/mail.entity.js';
import { MailLinkEntity } from './mail-link/mail-link.entity.js';
import { MailRequestEntity } from './mail-request/mail-request.entity.js';
import { Initial1763700000000 } from './migrations/1763700000000-initial.js';
import { MyListEntryEntity } from './my-list/my-list-entry.entity.js';
import { PasskeyChallengeEntity } from './passkey/passkey-challenge.entity.js';
import { PasskeyEntity } from './passkey/passkey.entity.js';
import { ProfileEntity } from './profile/profile.entity.js';
import { SelectedProfileEntity } from './profile/selected-profile.entity.js';
import { HistoryRemovalEntity } from './progress/history-removal.entity.js';
import { ProgressEntity } from './progress/progress.entity.js';
import { RatingEntity } from './rating/rating.entity.js';
import { SecurityEventEntity } from './security-event/security-event.entity.js';
import { RefreshTokenEntity } from './session/refresh-token.entity.js';
import { SessionEntity } from './session/session.entity.js';
import { SigningKeyEntity } from './signing-key/signing-key.entity.js';
import { UsageHourEntity } from './usage/usage-hour.entity.js';

/** All tables of this service's database. */
export const ENTITIES: readonly EntityClass[] = [
  ...MESSAGING_ENTITIES,
  ...IDEMPOTENCY_ENTITIES,
  AccountEntity,
  AccountDeletionEntity,
  ApiKeyEntity,
  ApiKeySecretEntity,
  IdentityEntity,
  ProviderAuthorizationEntity,
  InitialAccountEntity,
  MailEntity,
  MailLinkEntity,
  MailRequestEntity,
  PasskeyEntity,
  PasskeyChallengeEntity,
  PasswordFailureEntity,
  ProfileEntity,
  SelectedProfileEntity,
  SessionEntity,
  RefreshTokenEntity,
  SigningKeyEntity,
  SecurityEventEntity,
  MyListEntryEntity,
  RatingEntity,
  ProgressEntity,
  HistoryRemovalEntity,
  UsageHourEntity,
];

/** In order of execution. Never change a released migration. */
export const MIGRATIONS: readonly MigrationClass[] = [
  ...MESSAGING_MIGRATIONS,
  Initial1763700000000,
  ...IDEMPOTENCY_MIGRATIONS,
];
