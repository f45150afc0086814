import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { CheckPassword } from '../account/check-password.service.js';
import { MailQueue } from '../mail/mail-queue.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { createSecret } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';
import type { RotateApiKeyRequest } from './api-key.requests.js';
import type { IssuedSecret } from './create-api-key.service.js';

@Injectable()
export class RotateApiKey {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly accounts: AccountRepository,
    private readonly keys: ApiKeyRepository,
    private readonly mails: MailQueue,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Creates another secret of a key. The previous ones stay valid for the overlap, so that programs can be changed one
   * after the other.
   *
   * @returns also the IDs of previous secrets that are no longer valid
   * @throws CodedError PASSWORD_WRONG, API_KEY_NOT_FOUND, OVERLOADED
   */
  async run(
    accountId: string,
    { apiKeyId, password, overlapHours, validDays }: RotateApiKeyRequest,
  ): Promise<IssuedSecret & { readonly endedSecretIds: string[] }> {
    const credentials = await this.checkPassword.confirm(accountId, password);
    return this.transactions.run(async (tx) => {
      // The lock serializes the rotations and revocations of an account.
      const account = await this.accounts.lockVerified(tx, credentials);
      if (!account) throw new CodedError('PASSWORD_WRONG');
      const { id, prefix } = await this.keys.get(tx, accountId, apiKeyId);
      const endedSecretIds = await this.keys.expireSecrets(tx, id, overlapHours);
      const secret = createSecret(prefix);
      await this.keys.insertSecret(tx, id, randomUUID(), secret, validDays);
      await this.events.insert(tx, { kind: 'apiKeyRotated', accountId });
      await this.mails.add(tx, account, 'apiKeySecret', '/account');
      return { apiKey: await this.keys.get(tx, accountId, id), secret, endedSecretIds };
    });
  }
}
