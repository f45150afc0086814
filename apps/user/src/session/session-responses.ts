import { Injectable } from '@nestjs/common';
import type { userV1 } from '@viernes/contracts';
import { toAccountMessage } from '../account/account.message.js';
import { AccessTokenIssuer } from './access-token-issuer.js';
import type { OpenedSession } from './session-opener.js';

/** Builds the response to a sign-in and to a refresh. */
@Injectable()
export class SessionResponses {
  constructor(private readonly accessTokens: AccessTokenIssuer) {}

  async build({ session, refreshToken, profiles, selected }: OpenedSession): Promise<userV1.Session> {
    const { id, account, expiresAt } = session;
    const access = await this.accessTokens.issue(id, account, selected);
    return {
      id,
      account: toAccountMessage(account),
      profiles: [...profiles],
      selectedProfileId: selected?.id,
      accessToken: access.token,
      accessExpiresAt: access.expiresAt.toISOString(),
      refreshToken,
      refreshExpiresAt: expiresAt.toISOString(),
    };
  }
}
