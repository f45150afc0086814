import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { currentContext, withoutDeadline } from '@viernes/platform';
import { DataSource } from 'typeorm';
import { tryLockInTransaction } from '../advisory-locks.js';
import { JointTransaction } from '../joint-transaction.js';
import { Transactions } from '../transactions.js';
import { IdempotentResponseRepository, type StoredResponse } from './idempotent-response.repository.js';
import { KeyedRequest } from './keyed-request.js';

/** The definition of a gRPC method, as ts-proto generates it. */
export interface IdempotentMethod {
  readonly path: string;
  requestSerialize(request: unknown): Buffer;
  responseSerialize(response: unknown): Buffer;
  responseDeserialize(bytes: Buffer): unknown;
}

export interface IdempotencyOptions {
  /**
   * The method checks a password or a PIN. Repeated calls run, and are rolled back if they succeed: an attacker who
   * guesses a key must not verify guesses that are not counted.
   */
  readonly checksSecret?: boolean;
}

/** A gRPC method, and how its calls are repeated. */
export interface IdempotentOperation extends IdempotencyOptions {
  readonly method: IdempotentMethod;
}

/**
 * Runs calls with an idempotency key once. The response is stored in the transaction of their changes, so that
 * either both exist or neither (decision 31).
 */
@Injectable()
export class IdempotentCalls {
  /** Calls of this process. Equal ones are rejected before they do work that needs no transaction, such as a hash. */
  private readonly inProgress = new Set<string>();

  constructor(
    private readonly responses: IdempotentResponseRepository,
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Returns the stored response to an equal call, or calls the handler. An error is not stored, because such a call has
   * changed nothing: it can be repeated. What its transactions have committed before, such as a failed attempt, remains.
   *
   * @throws CodedError IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_IN_USE, and what the handler throws
   */
  async run(
    key: string,
    operation: IdempotentOperation,
    message: unknown,
    handle: () => Promise<unknown>,
  ): Promise<unknown> {
    const { method, checksSecret } = operation;
    const request = new KeyedRequest(key, method.path, method.requestSerialize(message));
    const id = request.id.toString('base64');
    if (this.inProgress.has(id)) throw new CodedError('IDEMPOTENCY_KEY_IN_USE');
    this.inProgress.add(id);
    try {
      const stored = checksSecret ? undefined : await this.responses.find(request.id);
      return stored ? await this.replay(method, request, stored) : await this.execute(operation, request, handle);
    } finally {
      this.inProgress.delete(id);
    }
  }

  private async replay(method: IdempotentMethod, request: KeyedRequest, stored: StoredResponse): Promise<unknown> {
    if (!request.fingerprint.equals(stored.fingerprint)) throw new CodedError('IDEMPOTENCY_KEY_REUSED');
    if (!stored.response) throw new CodedError('IDEMPOTENCY_KEY_IN_USE');
    await this.transactions.recordPosition();
    currentContext().isReplayed = true;
    return method.responseDeserialize(request.open(stored.response));
  }

  private async execute(
    { method, checksSecret = false }: IdempotentOperation,
    request: KeyedRequest,
    handle: () => Promise<unknown>,
  ): Promise<unknown> {
    const { id, fingerprint } = request;
    const joint = new JointTransaction(this.dataSource, {
      begin: async (tx) => {
        const isLocked = await tryLockInTransaction(tx, 'idempotencyKey', id.toString('base64'));
        // An equal call of another replica can have finished since the first read.
        const isFree = isLocked && (checksSecret || (await this.responses.find(id, tx)) === undefined);
        if (!isFree) throw new CodedError('IDEMPOTENCY_KEY_IN_USE');
      },
      beforeStep: (tx) => this.responses.put(tx, { id, fingerprint, response: null }),
    });
    const response = await this.handle(joint, id, handle);
    try {
      const stored = checksSecret ? await joint.join((tx) => this.responses.find(id, tx)) : undefined;
      if (stored) {
        await joint.rollback();
        return await this.replay(method, request, stored);
      }
      const sealed = request.seal(method.responseSerialize(response));
      await joint.join((tx) => this.responses.put(tx, { id, fingerprint, response: sealed }));
      await joint.commit();
    } catch (error) {
      await joint.rollback();
      throw error;
    }
    await this.transactions.recordPosition();
    return response;
  }

  private async handle(joint: JointTransaction, id: Buffer, handle: () => Promise<unknown>): Promise<unknown> {
    try {
      return await joint.include(handle);
    } catch (error) {
      // The call can have failed because its deadline has passed.
      await withoutDeadline(async () => {
        try {
          if (joint.hasCommittedStep) await joint.join((tx) => this.responses.delete(tx, id));
        } finally {
          await joint.commit();
        }
      });
      throw error;
    }
  }
}
