import type { EventMessage } from './event-message.js';

/** The way onto the broker. */
export abstract class EventPublisher {
  /**
   * Settles once all of them are safely stored; those of one topic and key in the order given.
   * @throws when any of them may not be: publish all of them again, readers drop what they had
   */
  abstract publish(messages: readonly EventMessage[]): Promise<void>;
  abstract close(): Promise<void>;
}
