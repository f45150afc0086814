import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import type { Account } from '../account/account.js';
import type { Profile } from '../profile/profile.js';
import { ProfileRepository } from '../profile/profile.repository.js';
import { SelectedProfileRepository } from '../profile/selected-profile.repository.js';
import { createRandomToken, hashToken } from '../random-token.js';
import type { NewSecurityEvent } from '../security-event/security-event.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { RefreshTokenRepository } from './refresh-token.repository.js';
import type { Session } from './session.js';
import { SessionRepository } from './session.repository.js';

export interface OpenedSession {
  readonly session: Session;
  readonly refreshToken: string;
  /** The profiles of the account. Read in the transaction of the sign-in, which can also have created the first one. */
  readonly profiles: readonly Profile[];
  /** The profile that the session acts for. */
  readonly selected: Profile | undefined;
}

/** Creates the session of a user who has proven to be the owner of an account. */
@Injectable()
export class SessionOpener {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly tokens: RefreshTokenRepository,
    private readonly profiles: ProfileRepository,
    private readonly selected: SelectedProfileRepository,
    private readonly events: SecurityEventRepository,
  ) {}

  /** @param account locked by the transaction, so that it is not deleted concurrently */
  async open(tx: Transaction, account: Account, kind: NewSecurityEvent['kind']): Promise<OpenedSession> {
    const refreshToken = createRandomToken();
    const session = await this.sessions.insert(tx, randomUUID(), account);
    await this.selected.putOnly(tx, session.id, account.id);
    const selected = await this.selected.find(session.id, tx);
    await this.events.insert(tx, { kind, accountId: account.id, sessionId: session.id });
    await this.tokens.insert(tx, session.id, hashToken(refreshToken));
    return { session, refreshToken, profiles: await this.profiles.list(account.id, tx), selected };
  }
}
