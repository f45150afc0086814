import { Injectable, Logger } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { SessionOpener, type OpenedSession } from '../session/session-opener.js';
import { PasskeyChallengeRepository } from './passkey-challenge.repository.js';
import { PasskeyRepository } from './passkey.repository.js';
import type { SignInCredential } from './passkey.requests.js';
import { RelyingParty } from './relying-party.js';

@Injectable()
export class FinishPasskeySignIn {
  private readonly logger = new Logger(FinishPasskeySignIn.name);

  constructor(
    private readonly accounts: AccountRepository,
    private readonly passkeys: PasskeyRepository,
    private readonly challenges: PasskeyChallengeRepository,
    private readonly relyingParty: RelyingParty,
    private readonly opener: SessionOpener,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Creates a session for the account of a passkey, also while wrong passwords lock the account: a passkey cannot be
   * guessed, and an attacker can have caused the lock.
   *
   * @throws CodedError PASSKEY_REJECTED. A counter that has not increased also adds a security event
   */
  async run(credential: SignInCredential): Promise<OpenedSession> {
    const challenge = await this.relyingParty.readChallenge(credential);
    const isValid = await this.challenges.redeem(challenge);
    if (!isValid) throw new CodedError('PASSKEY_REJECTED', { reason: 'invalid challenge' });
    const passkey = await this.passkeys.find(Buffer.from(credential.id, 'base64url'));
    if (!passkey) throw new CodedError('PASSKEY_REJECTED', { reason: 'unknown credential' });
    const use = await this.relyingParty.verifySignIn(credential, challenge, passkey);

    const { id: passkeyId, accountId } = passkey;
    // Returns undefined instead of throwing, because the security event must commit.
    const session = await this.transactions.run(async (tx): Promise<OpenedSession | undefined> => {
      const [account] = await this.accounts.lockAll(tx, [accountId]);
      if (!account) throw new CodedError('PASSKEY_REJECTED', { reason: 'no account' });
      if (await this.passkeys.recordUse(tx, passkeyId, use))
        return this.opener.open(tx, account, 'signedInWithPasskey');
      await this.events.insert(tx, { kind: 'passkeyRejected', accountId });
      this.logger.warn({ passkeyId }, 'passkey counter not increased, sign-in rejected');
      return undefined;
    });
    if (!session) throw new CodedError('PASSKEY_REJECTED', { reason: 'counter' });
    return session;
  }
}
