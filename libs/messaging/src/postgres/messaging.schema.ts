import { InboxEntity } from './inbox.entity.js';
import { CreateOutboxAndInbox1763640000000 } from './messaging.migrations.js';
import { OutboxEntity } from './outbox.entity.js';

/** To spread into the entities of DatabaseModule.forRoot. */
export const MESSAGING_ENTITIES = [OutboxEntity, InboxEntity] as const;

/** To spread into its migrations; their timestamps sort before those of any service. */
export const MESSAGING_MIGRATIONS = [CreateOutboxAndInbox1763640000000] as const;
