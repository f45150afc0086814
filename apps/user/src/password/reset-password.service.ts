import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { AccountLocks } from '../account-lock/account-locks.js';
import { AccountRepository } from '../account/account.repository.js';
import type { Account } from '../account/account.js';
import { PasswordHashing } from '../account/password-hashing.js';
import { ApiKeyRepository } from '../api-key/api-key.repository.js';
import { MailLinks } from '../mail-link/mail-links.js';
import { MailQueue } from '../mail/mail-queue.js';
import { PasskeyRepository } from '../passkey/passkey.repository.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { SessionRepository } from '../session/session.repository.js';
import type { ResetPasswordRequest } from './password.requests.js';
import { ReplacePassword } from './replace-password.js';

@Injectable()
export class ResetPassword {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwords: PasswordHashing,
    private readonly replacePassword: ReplacePassword,
    private readonly locks: AccountLocks,
    private readonly sessions: SessionRepository,
    private readonly passkeys: PasskeyRepository,
    private readonly keys: ApiKeyRepository,
    private readonly links: MailLinks,
    private readonly mails: MailQueue,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Sets a password with the token of a link that was sent by mail, which also verifies the email. Ends all sessions,
   * and the lock of the account. Removes the passkeys and API keys that were added before the email was verified:
   * otherwise, an attacker that signed up with the email of another user would keep access to the account after the
   * owner of the email has taken it over.
   *
   * @returns the IDs of the ended sessions, and of the secrets of the revoked keys
   * @throws CodedError LINK_EXPIRED, OVERLOADED
   */
  async run({ token, newPassword }: ResetPasswordRequest): Promise<string[]> {
    const passwordHash = await this.passwords.hash(newPassword);
    return this.transactions.run(async (tx) => {
      const { accountId, email } = await this.links.redeem(tx, 'passwordReset', token);
      const [account] = await this.accounts.lockAll(tx, [accountId]);
      if (!account) throw new CodedError('LINK_EXPIRED');
      const revokedSecretIds = await this.removeUnverifiedCredentials(tx, account);
      await this.accounts.setVerifiedEmail(tx, accountId, email);
      await this.replacePassword.run(tx, accountId, passwordHash);
      await this.events.insert(tx, { kind: 'passwordReset', accountId });
      await this.locks.end(tx, email);
      await this.mails.add(tx, await this.accounts.get(tx, accountId), 'passwordChange', '/forgot-password');
      return [...(await this.sessions.revokeAll(tx, accountId)), ...revokedSecretIds];
    });
  }

  /** @returns the IDs of the secrets of the revoked API keys */
  private async removeUnverifiedCredentials(
    tx: Transaction,
    { id, emailVerifiedAt }: Pick<Account, 'id' | 'emailVerifiedAt'>,
  ): Promise<string[]> {
    const isUnverified = ({ createdAt }: { readonly createdAt: Date }): boolean =>
      emailVerifiedAt === null || createdAt < emailVerifiedAt;
    for (const passkey of (await this.passkeys.list(id, tx)).filter(isUnverified)) {
      await this.passkeys.delete(tx, id, passkey.id);
      await this.events.insert(tx, { kind: 'passkeyRemoved', accountId: id });
    }
    for (const key of (await this.keys.list(id, tx)).filter(isUnverified)) {
      await this.keys.revoke(tx, id, key.id);
      await this.events.insert(tx, { kind: 'apiKeyRevoked', accountId: id });
    }
    return this.keys.listRevokedSecrets(tx, id);
  }
}
