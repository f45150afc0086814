import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { ProviderAuthorizationRepository } from '../identity/provider-authorization.repository.js';
import { MailLinks } from '../mail-link/mail-links.js';
import { PasskeyChallengeRepository } from '../passkey/passkey-challenge.repository.js';

/** Replaces the password of an account, and ends what is in progress: links in mails, added passkeys and identities. */
@Injectable()
export class ReplacePassword {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: MailLinks,
    private readonly challenges: PasskeyChallengeRepository,
    private readonly authorizations: ProviderAuthorizationRepository,
  ) {}

  /**
   * The transaction must have locked the account. An attacker with the previous password can have requested a link to a
   * new address, or started to add a passkey or an identity. Otherwise, these would remain valid.
   */
  async run(tx: Transaction, accountId: string, passwordHash: string): Promise<void> {
    await this.accounts.setPassword(tx, accountId, passwordHash);
    await this.links.expire(tx, accountId);
    await this.challenges.expire(tx, accountId);
    await this.authorizations.expire(tx, accountId);
  }
}
