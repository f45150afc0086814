import { Injectable } from '@nestjs/common';
import { CodedError, RoleChangedV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { hasRole, type Caller, type CallerRole } from '@viernes/platform';
import type { Account } from '../account/account.js';
import { ApiKeyRepository } from '../api-key/api-key.repository.js';
import { AccountRepository } from '../account/account.repository.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { SessionRepository } from '../session/session.repository.js';

@Injectable()
export class ChangeRole {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly keys: ApiKeyRepository,
    private readonly events: SecurityEventRepository,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Changes the role of an account. A lower role ends all sessions of the account, because their access tokens contain
   * the previous one, and revokes all API keys. A higher role takes effect with the next access token.
   *
   * @returns also the IDs of the ended sessions, and of the secrets of the revoked keys
   * @throws CodedError ACCOUNT_NOT_FOUND; FORBIDDEN if the caller is no longer an admin; OWN_ROLE: admins cannot
   *   change their own role, so that one always remains
   */
  async run(
    caller: Caller,
    accountId: string,
    role: CallerRole,
  ): Promise<{ readonly account: Account; readonly endedSessionIds: string[] }> {
    if (accountId === caller.accountId) throw new CodedError('OWN_ROLE');
    return this.transactions.run(async (tx) => {
      // Locks both, because two admins could otherwise demote each other.
      const accounts = await this.accounts.lockAll(tx, [accountId, caller.accountId]);
      const admin = accounts.find(({ id }) => id === caller.accountId);
      if (!hasRole(admin?.role, 'admin')) throw new CodedError('FORBIDDEN', { needs: 'admin' });
      const account = accounts.find(({ id }) => id === accountId);
      if (!account) throw new CodedError('ACCOUNT_NOT_FOUND', { accountId });
      if (account.role === role) {
        const endedSessionIds = await this.sessions.listRecentlyEnded(tx, accountId);
        return {
          account,
          endedSessionIds: [...endedSessionIds, ...(await this.keys.listRevokedSecrets(tx, accountId))],
        };
      }
      await this.accounts.setRole(tx, accountId, role);
      await this.events.insert(tx, { kind: 'roleChanged', accountId });
      await this.outbox.add(tx, RoleChangedV1, { accountId, role });
      if (hasRole(role, account.role)) return { account: { ...account, role }, endedSessionIds: [] };
      const endedSessionIds = [
        ...(await this.sessions.revokeAll(tx, accountId)),
        ...(await this.keys.revokeAll(tx, accountId)),
      ];
      return { account: { ...account, role }, endedSessionIds };
    });
  }
}
