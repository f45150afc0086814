import { Injectable } from '@nestjs/common';
import { AccountDeletionRequestedV1, CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { assertUnlimitedProfile, type Caller } from '@viernes/platform';
import { AccountLocks } from '../account-lock/account-locks.js';
import { AccountRepository } from '../account/account.repository.js';
import { ApiKeyRepository } from '../api-key/api-key.repository.js';
import { CheckPassword } from '../account/check-password.service.js';
import { MailLinks } from '../mail-link/mail-links.js';
import { MailRequestRepository } from '../mail-request/mail-request.repository.js';
import { MailQueue } from '../mail/mail-queue.js';
import { SessionRepository } from '../session/session.repository.js';
import { AccountDeletionRepository } from './account-deletion.repository.js';

/** The first step of a deletion (decision 28). The others follow in the background. */
@Injectable()
export class DeleteAccount {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly accounts: AccountRepository,
    private readonly deletions: AccountDeletionRepository,
    private readonly sessions: SessionRepository,
    private readonly keys: ApiKeyRepository,
    private readonly links: MailLinks,
    private readonly mails: MailQueue,
    private readonly mailRequests: MailRequestRepository,
    private readonly locks: AccountLocks,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Ends all sessions and API keys of the account, prevents sign-ins, and requests the deletion of its data from the other
   * services.
   *
   * @returns the IDs of the ended sessions, and of the secrets of the revoked keys
   * @throws CodedError PROFILE_NOT_SELECTED, PROFILE_LIMITED, PASSWORD_WRONG, LAST_ADMIN, OVERLOADED
   */
  async run(caller: Caller, password: string): Promise<string[]> {
    const { accountId } = caller;
    // A repeated call returns the IDs again, in case the first response was lost.
    const alreadyEndedIds = await this.deletions.findEndedSessionIds(accountId);
    if (alreadyEndedIds) return alreadyEndedIds;
    assertUnlimitedProfile(caller);
    const credentials = await this.checkPassword.confirm(accountId, password);
    return this.transactions.run(async (tx) => {
      // Locks all admins, because the last two could otherwise delete their accounts concurrently.
      const adminIds = await this.accounts.lockWithAdmins(tx, accountId);
      const account = await this.accounts.lockVerified(tx, credentials);
      if (!account) throw new CodedError('PASSWORD_WRONG');
      const isLastAdmin = account.role === 'admin' && adminIds.every((id) => id === accountId);
      if (isLastAdmin) throw new CodedError('LAST_ADMIN');
      const { email } = account;
      await this.mails.clear(tx, accountId);
      await this.mails.add(tx, account, 'accountDeletion', '/');
      await this.mailRequests.deleteFor(tx, email);
      await this.locks.end(tx, email);
      await this.links.expire(tx, accountId);
      await this.accounts.setDeletionRequested(tx, accountId);
      const endedSessionIds = await this.sessions.revokeAll(tx, accountId);
      const endedIds = [...endedSessionIds, ...(await this.keys.revokeAll(tx, accountId))];
      await this.deletions.insert(tx, accountId, endedIds);
      await this.outbox.add(tx, AccountDeletionRequestedV1, { accountId });
      return endedIds;
    });
  }
}
