import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, MAX_API_KEYS } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { AccountRepository } from '../account/account.repository.js';
import { CheckPassword } from '../account/check-password.service.js';
import { MailQueue } from '../mail/mail-queue.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { createPrefix, createSecret, type ApiKey } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';
import type { CreateApiKeyRequest } from './api-key.requests.js';

/** The secret is returned once: the service stores only its hash. */
export interface IssuedSecret {
  readonly apiKey: ApiKey;
  readonly secret: string;
}

@Injectable()
export class CreateApiKey {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly accounts: AccountRepository,
    private readonly profiles: ProfileRepository,
    private readonly keys: ApiKeyRepository,
    private readonly mails: MailQueue,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Creates a key that acts for the profile that the session has selected. The password is required because the key
   * grants access that outlives the session.
   *
   * @throws CodedError PASSWORD_WRONG, PROFILE_NOT_SELECTED, API_KEY_LIMIT_REACHED, OVERLOADED
   */
  async run(caller: Caller, { password, name, scopes, validDays }: CreateApiKeyRequest): Promise<IssuedSecret> {
    const { accountId } = caller;
    const credentials = await this.checkPassword.confirm(accountId, password);
    return this.transactions.run(async (tx) => {
      // Locks the account, so that concurrent requests cannot exceed the limit.
      const account = await this.accounts.lockVerified(tx, credentials);
      if (!account) throw new CodedError('PASSWORD_WRONG');
      const { id: profileId } = await this.profiles.getSelected(caller, tx);
      const existing = await this.keys.list(accountId, tx);
      if (existing.length >= MAX_API_KEYS) throw new CodedError('API_KEY_LIMIT_REACHED');
      const id = randomUUID();
      const prefix = createPrefix();
      const secret = createSecret(prefix);
      await this.keys.insert(tx, { id, accountId, profileId, name, prefix, scopes });
      await this.keys.insertSecret(tx, id, randomUUID(), secret, validDays);
      await this.events.insert(tx, { kind: 'apiKeyCreated', accountId });
      await this.mails.add(tx, account, 'apiKeySecret', '/account');
      return { apiKey: await this.keys.get(tx, accountId, id), secret };
    });
  }
}
