export { MessagingModule, type MessagingOptions } from './messaging.module.js';
export { MESSAGING_DEFINITIONS } from './dead-letters/definitions.js';
export { MESSAGING_ENTITIES, MESSAGING_MIGRATIONS } from './postgres/messaging.schema.js';
export {
  type AnyEventHandler,
  type EventHandler,
  type HandlerOrder,
  type HandlerTransaction,
  type Received,
} from './port/event-handler.js';
export { Outbox } from './port/outbox.js';
export { EventConsumer, HandlerRegistry } from './event-consumer.js';
export { PermanentError } from './port/permanent-error.js';
export { type RetryPolicy } from './consume/retry-policy.js';
export { type Projection } from './rebuild/projection.js';
export { runRebuild } from './rebuild/run-rebuild.js';
