import { Injectable } from '@nestjs/common';
import type { userV1 } from '@viernes/contracts';
import { accountMessage } from '../account/account.message.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import { AccessTokens } from './access-tokens.js';
import type { OpenSession } from './session.js';

/** What logging in and renewing both answer. */
@Injectable()
export class SessionAnswers {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly accessTokens: AccessTokens,
  ) {}

  async of({ id, account, endsAt }: OpenSession, refreshToken: string): Promise<userV1.Session> {
    const [profiles, access] = await Promise.all([
      this.profiles.list(account.id),
      this.accessTokens.issue(account.id, id, account.role),
    ]);
    return {
      id,
      account: accountMessage(account),
      profiles,
      accessToken: access.token,
      accessExpiresAt: access.expiresAt.toISOString(),
      refreshToken,
      refreshExpiresAt: endsAt.toISOString(),
    };
  }
}
