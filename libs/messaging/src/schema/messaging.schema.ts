import { DeadLetterEntity } from '../dead-letters/dead-letter.entity.js';
import { InboxEntity } from '../inbox/inbox.entity.js';
import { OutboxEntity } from '../outbox/outbox.entity.js';
import { PendingRetryEntity } from '../retry/pending-retry.entity.js';
import { InitialMessaging1763640000000 } from './1763640000000-initial-messaging.js';

/** For the `entities` of DatabaseModule.forRoot. */
export const MESSAGING_ENTITIES = [OutboxEntity, InboxEntity, PendingRetryEntity, DeadLetterEntity] as const;

/** For the `migrations` of DatabaseModule.forRoot. Their timestamps precede those of every service. */
export const MESSAGING_MIGRATIONS = [InitialMessaging1763640000000] as const;
