import { messagingV1 } from '@viernes/contracts';
import type { DeadLetterSummary } from './dead-letter.repository.js';
import { STATES } from './dead-letter.requests.js';

export function toDeadLetterMessage(letter: DeadLetterSummary): messagingV1.DeadLetter {
  const { id, consumer, eventId, type, key, errorCode, errorMessage, stackHash, attempts, originTopic } = letter;
  return {
    ...{ id, consumer, eventId, type, key, errorCode, errorMessage, stackHash, attempts, originTopic },
    originPartition: letter.originPartition,
    originOffset: Number(letter.originOffset),
    state: STATES[letter.state],
    firstFailedAt: letter.firstFailedAt.toISOString(),
    parkedAt: letter.parkedAt.toISOString(),
    ...(letter.resolvedAt && { resolvedAt: letter.resolvedAt.toISOString() }),
  };
}
