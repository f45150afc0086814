import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { CodedError } from '@viernes/contracts';
import { currentContext } from '@viernes/platform';
import pLimit from 'p-limit';

/** Argon2id (the library's default) as the OWASP Password Storage Cheat Sheet asks for at least: 19 MiB, two passes. */
const PARAMETERS = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** Two at a time bound the memory to 38 MiB and leave libuv's other threads to DNS and files. */
const CONCURRENT = 2;

/** A second or two of work on one core; who comes behind would meet a deadline, and is told at once instead. */
const WAITING_MAX = 100;

@Injectable()
export class PasswordHashing {
  private readonly limit = pLimit(CONCURRENT);

  /** @throws CodedError OVERLOADED where too many wait, DEADLINE_EXCEEDED where the caller stopped waiting */
  async hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, PARAMETERS));
  }

  /**
   * Takes as long for an account that is not there as for one that is.
   *
   * @param passwordHash undefined where there is no account; the answer is false then
   * @throws CodedError as hash does
   */
  async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
    return this.inTurn(async () => {
      if (passwordHash !== undefined) return verify(passwordHash, password);
      // To verify is to hash again and compare: for an account that is not there, hashing is the same work.
      await hash(password, PARAMETERS);
      return false;
    });
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.limit.pendingCount >= WAITING_MAX) throw new CodedError('OVERLOADED', { waiting: WAITING_MAX });
    return this.limit(() => {
      if (Date.now() > (currentContext().deadlineAt ?? Infinity)) throw new CodedError('DEADLINE_EXCEEDED');
      return work();
    });
  }
}
