import { Injectable } from '@nestjs/common';
import { lockInTransaction, type Transaction } from '@viernes/database';
import { Counter } from 'prom-client';
import { MailRequestRepository } from '../mail-request/mail-request.repository.js';
import { hashEmail, lockSeconds, MAX_FAILURES, type PasswordUse } from './account-lock.js';
import { PasswordFailureRepository } from './password-failure.repository.js';

const passwordChecks = new Counter({
  name: 'password_checks_total',
  help: 'Presented passwords by outcome: accepted, wrong (also for unknown emails), locked',
  labelNames: ['outcome'],
});

/** Locks an account for a while after repeated wrong passwords, from any IP address. */
@Injectable()
export class AccountLocks {
  constructor(
    private readonly failures: PasswordFailureRepository,
    private readonly mailRequests: MailRequestRepository,
  ) {}

  /**
   * Decides about a password after its verification, so that concurrent guesses cannot pass a lock that one of them causes.
   * A wrong password, a locked account and an email without an account cause the same statements, so that their
   * responses take the same time. Failures during a lock do not extend it.
   *
   * @param email in its normal form
   * @param isCorrect whether the email has an account, and the password is correct
   * @returns `locked` if this wrong password has locked the account
   */
  async admit(
    tx: Transaction,
    email: string,
    use: PasswordUse,
    isCorrect: boolean,
  ): Promise<'accepted' | 'rejected' | 'locked'> {
    const emailHash = hashEmail(email, use);
    await lockInTransaction(tx, 'passwordFailures', emailHash.toString('hex'));
    const failures = await this.failures.get(tx, emailHash);
    const { isLocked } = failures;
    if (isCorrect && !isLocked) {
      if (failures.count > 0) await this.failures.delete(tx, emailHash);
      passwordChecks.inc({ outcome: 'accepted' });
      return 'accepted';
    }
    passwordChecks.inc({ outcome: isLocked ? 'locked' : 'wrong' });
    if (isLocked) {
      await this.failures.store(tx, emailHash, failures);
      return 'rejected';
    }
    const count = failures.count + 1;
    await this.failures.store(tx, emailHash, { ...failures, count }, lockSeconds(count));
    // Only the first of several locks in a row, so that an attacker cannot fill the mailbox.
    if (count === MAX_FAILURES) await this.mailRequests.insert('accountLock', email, tx);
    return count < MAX_FAILURES ? 'rejected' : 'locked';
  }

  /** Ends the locks of an account whose owner has chosen another password, or deletes the account. */
  async end(tx: Transaction, email: string): Promise<void> {
    await this.failures.delete(tx, hashEmail(email, 'signIn'));
    await this.failures.delete(tx, hashEmail(email, 'confirmation'));
  }
}
