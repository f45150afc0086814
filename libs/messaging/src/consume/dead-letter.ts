import { createHash } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import type { EventMessage } from '../port/event-message.js';
import type { Position } from '../port/event-subscription.js';

const MESSAGE_LIMIT = 1_000;

/** Where events go that a service gave up on. */
export function deadLetterTopic(topic: string, service: string): string {
  return `${topic}.dead-letter.${service}`;
}

export interface Failure {
  readonly service: string;
  readonly consumer: string;
  readonly error: unknown;
  readonly attempts: number;
  readonly position: Position;
}

/** The event as it was, with what is needed to understand it and to give it to that consumer again. */
export function deadLetter(
  event: EventMessage,
  { service, consumer, error, attempts, position }: Failure,
): EventMessage {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return {
    ...event,
    topic: deadLetterTopic(position.topic, service),
    extensions: {
      consumer,
      error_code: error instanceof CodedError ? error.code : name,
      error_message: message.slice(0, MESSAGE_LIMIT),
      // Equal for equal faults: groups a thousand dead letters into the few causes that they have.
      error_stack_hash: createHash('sha256')
        .update(stack?.replace(message, '') ?? name)
        .digest('hex')
        .slice(0, 16),
      attempts: String(attempts),
      topic: position.topic,
      partition: String(position.partition),
      offset: position.offset,
      parked_at: new Date().toISOString(),
    },
  };
}
