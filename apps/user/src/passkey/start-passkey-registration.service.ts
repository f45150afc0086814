import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { CheckPassword } from '../account/check-password.service.js';
import { PasskeyChallengeRepository } from './passkey-challenge.repository.js';
import { MAX_PASSKEYS } from './passkey.js';
import { PasskeyRepository } from './passkey.repository.js';
import { RelyingParty } from './relying-party.js';

@Injectable()
export class StartPasskeyRegistration {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly accounts: AccountRepository,
    private readonly passkeys: PasskeyRepository,
    private readonly challenges: PasskeyChallengeRepository,
    private readonly relyingParty: RelyingParty,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Creates a challenge, which proves later that the owner has entered the password. Checks the password now, because a
   * passkey that the authenticator has created would remain there if a later check failed.
   *
   * @throws CodedError PASSWORD_WRONG, PASSKEY_LIMIT_REACHED, OVERLOADED
   */
  async run(accountId: string, password: string): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const credentials = await this.checkPassword.confirm(accountId, password);
    return this.transactions.run(async (tx) => {
      const account = await this.accounts.lockVerified(tx, credentials);
      if (!account) throw new CodedError('PASSWORD_WRONG');
      const passkeys = await this.passkeys.list(accountId, tx);
      if (passkeys.length >= MAX_PASSKEYS) throw new CodedError('PASSKEY_LIMIT_REACHED');
      const options = await this.relyingParty.createRegistrationOptions(account, passkeys);
      await this.challenges.insert(options.challenge, accountId, tx);
      return options;
    });
  }
}
