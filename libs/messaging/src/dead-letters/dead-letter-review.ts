import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { RetryQueue } from '../retry/retry-queue.js';
import { toConsumerRecord } from '../store/stored-event.js';
import type { DeadLetterEntity, DeadLetterState } from './dead-letter.entity.js';
import { DeadLetterRepository } from './dead-letter.repository.js';
import { toCursor, type ListDeadLettersRequest } from './dead-letter.requests.js';

/** Lets operators list and resolve the dead letters of this service. */
@Injectable()
export class DeadLetterReview {
  constructor(
    private readonly transactions: Transactions,
    private readonly letters: DeadLetterRepository,
    private readonly queue: RetryQueue,
  ) {}

  /** @returns dead letters in descending order of their last failure. The cursor is empty on the last page. */
  async list({ state, cursor, pageSize }: ListDeadLettersRequest) {
    // One more than requested, to find out whether there is a next page.
    const found = await this.transactions.run((tx) => this.letters.list(tx, state, cursor, pageSize + 1));
    const last = found.length > pageSize ? found[pageSize - 1] : undefined;
    return { letters: found.slice(0, pageSize), nextCursor: last ? toCursor(last) : '' };
  }

  /** @throws CodedError DEAD_LETTER_NOT_FOUND */
  get(id: string): Promise<DeadLetterEntity> {
    return this.transactions.run((tx) => this.letters.get(tx, id));
  }

  /**
   * Delivers the event to its consumer again. A repeated call has no effect until the event fails again.
   * @throws CodedError DEAD_LETTER_NOT_FOUND; DEAD_LETTER_RESOLVED if it was dropped
   */
  redrive(id: string): Promise<DeadLetterEntity> {
    return this.resolve(id, 'redriven', (tx, letter) =>
      this.queue.redrive(tx, letter.consumer, toConsumerRecord(letter), new Date()),
    );
  }

  /**
   * Excludes the event permanently. A repeated call has no effect.
   * @throws CodedError DEAD_LETTER_NOT_FOUND; DEAD_LETTER_RESOLVED if it was redriven
   */
  drop(id: string): Promise<DeadLetterEntity> {
    return this.resolve(id, 'dropped', () => Promise.resolve());
  }

  private resolve(
    id: string,
    state: Exclude<DeadLetterState, 'parked'>,
    effect: (tx: Transaction, letter: DeadLetterEntity) => Promise<void>,
  ): Promise<DeadLetterEntity> {
    return this.transactions.run(async (tx) => {
      const isResolved = await this.letters.resolve(tx, id, state);
      const letter = await this.letters.get(tx, id);
      if (isResolved) await effect(tx, letter);
      else if (letter.state !== state) throw new CodedError('DEAD_LETTER_RESOLVED', { id, state: letter.state });
      return letter;
    });
  }
}
