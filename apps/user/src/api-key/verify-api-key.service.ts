import { Injectable, Logger } from '@nestjs/common';
import { API_KEY, CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { WriteBatcher } from '@viernes/platform';
import type { VerifiedApiKey } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';

/** Each edge verifies a secret again about twice per minute, so many keys would cause many small writes. */
const BATCH_LIMITS = { maxItems: 500, maxWaitMs: 1_000 };

@Injectable()
export class VerifyApiKey {
  private readonly logger = new Logger(VerifyApiKey.name);
  private readonly uses: WriteBatcher<string, void>;

  constructor(
    private readonly keys: ApiKeyRepository,
    transactions: Transactions,
  ) {
    this.uses = new WriteBatcher<string, void>(BATCH_LIMITS, async (ids) => {
      await transactions.run((tx) => this.keys.recordUses(tx, [...new Set(ids)]));
      return ids.map(() => undefined);
    });
  }

  /**
   * Returns the key of a secret, and records its use, without waiting until the use is stored. Uses of the last second
   * are lost when the process exits.
   *
   * @throws CodedError UNAUTHENTICATED if the secret is unknown, expired or revoked
   */
  async run(secret: string): Promise<VerifiedApiKey> {
    const verified = API_KEY.pattern.test(secret) ? await this.keys.findValid(secret) : undefined;
    if (!verified) throw new CodedError('UNAUTHENTICATED', { reason: 'API key' });
    this.uses
      .add(verified.id)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'use of API key not recorded'));
    return verified;
  }
}
