import { Injectable } from '@nestjs/common';
import type { userV1 } from '@viernes/contracts';
import { toAccountMessage } from '../account/account.message.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import { SelectedProfileRepository } from '../profile/selected-profile.repository.js';
import { AccessTokenIssuer } from './access-token-issuer.js';
import type { Session } from './session.js';

/** Builds the response to a login and to a refresh. */
@Injectable()
export class SessionResponses {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly selected: SelectedProfileRepository,
    private readonly accessTokens: AccessTokenIssuer,
  ) {}

  async build({ id, account, expiresAt }: Session, refreshToken: string): Promise<userV1.Session> {
    const [profiles, selected] = await Promise.all([this.profiles.list(account.id), this.selected.find(id)]);
    const access = await this.accessTokens.issue(id, account, selected);
    return {
      id,
      account: toAccountMessage(account),
      profiles,
      selectedProfileId: selected?.id,
      accessToken: access.token,
      accessExpiresAt: access.expiresAt.toISOString(),
      refreshToken,
      refreshExpiresAt: expiresAt.toISOString(),
    };
  }
}
