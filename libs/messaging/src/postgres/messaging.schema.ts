import { DeadLetterEntity } from './dead-letter.entity.js';
import { InboxEntity } from './inbox.entity.js';
import { CreateOutboxAndInbox1763640000000 } from './messaging.migrations.js';
import { OutboxEntity } from './outbox.entity.js';
import { PendingRetryEntity } from './pending-retry.entity.js';
import { AddRetriesAndDeadLetters1763650000000 } from './retry.migrations.js';

/** To spread into the entities of DatabaseModule.forRoot. */
export const MESSAGING_ENTITIES = [OutboxEntity, InboxEntity, PendingRetryEntity, DeadLetterEntity] as const;

/** To spread into its migrations; their timestamps sort before those of any service. */
export const MESSAGING_MIGRATIONS = [CreateOutboxAndInbox1763640000000, AddRetriesAndDeadLetters1763650000000] as const;
