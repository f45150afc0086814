export { MessagingModule } from './messaging.module.js';
export { type MessagingOptions, type RetryPolicy } from './config/messaging.config.js';
export { MESSAGING_DEFINITIONS } from './dead-letters/dead-letter.controller.js';
export { MESSAGING_ENTITIES, MESSAGING_MIGRATIONS } from './schema/messaging.schema.js';
export { EventConsumer, HandlerRegistry } from './event/event-consumer.js';
export { PermanentError, type AnyEventHandler, type EventHandler, type Received } from './event/event-handler.js';
export { MAX_EVENTS_PER_CALL, Outbox } from './outbox/outbox.js';
export { type Projection } from './rebuild/projection.js';
export { runRebuild } from './rebuild/run-rebuild.js';
