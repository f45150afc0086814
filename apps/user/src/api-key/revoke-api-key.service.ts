import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { ApiKeyRepository } from './api-key.repository.js';

@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly keys: ApiKeyRepository,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Revokes a key of an account. Idempotent. @returns the IDs of its secrets @throws CodedError API_KEY_NOT_FOUND */
  async run(accountId: string, apiKeyId: string): Promise<string[]> {
    return this.transactions.run(async (tx) => {
      await this.accounts.lockAll(tx, [accountId]);
      const isRevoked = await this.keys.revoke(tx, accountId, apiKeyId);
      if (isRevoked) await this.events.insert(tx, { kind: 'apiKeyRevoked', accountId });
      return this.keys.listRevokedSecrets(tx, accountId, apiKeyId);
    });
  }
}
