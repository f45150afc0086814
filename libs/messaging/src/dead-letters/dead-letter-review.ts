import { CodedError } from '@viernes/contracts';
import type { Transaction, Transactions } from '@viernes/database';
import type { DeadLetterEntity, DeadLetterState } from '../postgres/dead-letter.entity.js';
import { RetryQueue, type Origin } from '../postgres/retry-queue.js';
import { deadLetterCursor, parseDeadLetterCursor } from './dead-letter-cursor.js';
import { getDeadLetter, listDeadLetters, settleDeadLetter, type DeadLetter } from './dead-letter.repository.js';
import type { DeadLettersPage } from './dead-letter.requests.js';

export interface DeadLetterList {
  readonly letters: readonly DeadLetter[];
  /** Empty on the last page. */
  readonly nextCursor: string;
}

/** What a person does about the events that the consumers of this service gave up on. */
export class DeadLetterReview {
  private readonly queue: RetryQueue;

  constructor(
    private readonly transactions: Transactions,
    service: string,
  ) {
    this.queue = new RetryQueue(service);
  }

  /** Those that failed last first. @throws CodedError CURSOR_INVALID */
  async list({ state, cursor, pageSize }: DeadLettersPage): Promise<DeadLetterList> {
    const after = parseDeadLetterCursor(cursor);
    // One more than asked for tells whether there is a next page.
    const found = await this.transactions.run((tx) => listDeadLetters(tx, state, after, pageSize + 1));
    const last = found.length > pageSize ? found[pageSize - 1] : undefined;
    const nextCursor = last ? deadLetterCursor({ parkedAt: last.place, id: last.id }) : '';
    return { letters: found.slice(0, pageSize), nextCursor };
  }

  /** @throws CodedError DEAD_LETTER_NOT_FOUND */
  async get(id: string): Promise<DeadLetterEntity> {
    return this.transactions.run((tx) => getDeadLetter(tx, id));
  }

  /**
   * Its consumer gets it again. One that was redriven before stays so: the event is given once until it fails again.
   * @throws CodedError DEAD_LETTER_NOT_FOUND; DEAD_LETTER_RESOLVED where it was dropped
   */
  redrive(id: string): Promise<DeadLetterEntity> {
    return this.settle(id, 'redriven', (tx, letter) =>
      this.queue.giveAgain(tx, letter.consumer, originOf(letter), new Date()),
    );
  }

  /**
   * Its consumer never gets it.
   * @throws CodedError DEAD_LETTER_NOT_FOUND; DEAD_LETTER_RESOLVED where it was redriven
   */
  drop(id: string): Promise<DeadLetterEntity> {
    return this.settle(id, 'dropped', () => Promise.resolve());
  }

  private settle(
    id: string,
    state: Exclude<DeadLetterState, 'parked'>,
    also: (tx: Transaction, letter: DeadLetterEntity) => Promise<void>,
  ): Promise<DeadLetterEntity> {
    return this.transactions.run(async (tx) => {
      const settled = await settleDeadLetter(tx, id, state);
      if (settled) {
        await also(tx, settled);
        return settled;
      }
      const letter = await getDeadLetter(tx, id);
      if (letter.state !== state) throw new CodedError('DEAD_LETTER_RESOLVED', { id, state: letter.state });
      return letter;
    });
  }
}

function originOf(letter: DeadLetterEntity): Origin {
  const { eventId, originTopic: topic, key, type, source, time, payload, traceparent } = letter;
  return {
    event: { id: eventId, topic, key, type, source, time, payload, traceparent: traceparent ?? undefined },
    position: { topic, partition: letter.originPartition, offset: letter.originOffset },
  };
}
