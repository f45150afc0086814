import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { CodedError } from '@viernes/contracts';
import { currentContext } from '@viernes/platform';
import pLimit from 'p-limit';

/** The minimum of the OWASP Password Storage Cheat Sheet for argon2id, the default algorithm: 19 MiB, two passes. */
const PARAMETERS = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** Limits the memory to 38 MiB, and leaves two of libuv's four threads to DNS and files. */
const CONCURRENCY = 2;

/** One or two seconds of work on one core. Further requests would miss their deadline, so they fail immediately. */
const MAX_QUEUED = 100;

@Injectable()
export class PasswordHashing {
  private readonly limit = pLimit(CONCURRENCY);

  /** @throws CodedError OVERLOADED if the queue is full, DEADLINE_EXCEEDED if the deadline passed in the queue */
  async hash(password: string): Promise<string> {
    return this.enqueue(() => hash(password, PARAMETERS));
  }

  /**
   * Takes the same time whether the account exists or not, and whether it has a password.
   *
   * @param passwordHash null or undefined if there is none, which returns false
   * @throws CodedError OVERLOADED, DEADLINE_EXCEEDED, see hash
   */
  async verify(passwordHash: string | null | undefined, password: string): Promise<boolean> {
    return this.enqueue(async () => {
      if (typeof passwordHash === 'string') return verify(passwordHash, password);
      // Verification hashes the password and compares the result, so hashing is equal work.
      await hash(password, PARAMETERS);
      return false;
    });
  }

  private async enqueue<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.limit.pendingCount >= MAX_QUEUED) throw new CodedError('OVERLOADED', { queued: MAX_QUEUED });
    return this.limit(() => {
      if (Date.now() > (currentContext().deadlineAt ?? Infinity)) throw new CodedError('DEADLINE_EXCEEDED');
      return work();
    });
  }
}
