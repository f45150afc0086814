import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { In, IsNull } from 'typeorm';
import { AccountEntity } from '../account/account.entity.js';
import { ApiKeyRepository } from '../api-key/api-key.repository.js';
import { MailLinkEntity } from '../mail-link/mail-link.entity.js';
import { MyListEntryEntity } from '../my-list/my-list-entry.entity.js';
import { PasskeyEntity } from '../passkey/passkey.entity.js';
import { ProfileEntity } from '../profile/profile.entity.js';
import { HistoryRemovalEntity } from '../progress/history-removal.entity.js';
import { ProgressEntity } from '../progress/progress.entity.js';
import { RatingEntity } from '../rating/rating.entity.js';
import { SecurityEventEntity } from '../security-event/security-event.entity.js';
import { SessionEntity } from '../session/session.entity.js';

/** The newest rows of each list are exported: anybody can add rejected passwords to an account. One response has 8 MiB. */
export const MAX_ROWS = 5_000;

/** The rows of all tables that refer to an account, for its owner. */
@Injectable()
export class AccountDataRepository {
  constructor(private readonly apiKeys: ApiKeyRepository) {}

  /**
   * Contains no hash of a password, a PIN, or a token. Lists have at most one row more than MAX_ROWS, newest first.
   *
   * @throws CodedError UNAUTHENTICATED if the account was deleted
   */
  async read(tx: Transaction, accountId: string): Promise<Readonly<Record<string, unknown>>> {
    const found = await tx.findOneBy(AccountEntity, { id: accountId, deletionRequestedAt: IsNull() });
    if (!found) throw new CodedError('UNAUTHENTICATED', { reason: 'no account' });
    const { passwordHash: _, deletionRequestedAt: _deletion, ...account } = found;
    const take = MAX_ROWS + 1;
    const ofAccount = { where: { accountId }, take };
    const newest = { ...ofAccount, order: { createdAt: 'DESC' } } as const;
    const profiles = await tx.find(ProfileEntity, { ...ofAccount, order: { createdAt: 'ASC' } });
    const ofProfiles = { where: { profileId: In(profiles.map(({ id }) => id)) }, take };
    const passkeys = await tx.find(PasskeyEntity, newest);
    const links = await tx.find(MailLinkEntity, newest);
    const events = await tx.find(SecurityEventEntity, { ...ofAccount, order: { id: 'DESC' } });
    return {
      account,
      profiles: profiles.map(({ pinHash, pinAttempts: _attempts, pinAttemptedAt: _attemptedAt, ...profile }) => ({
        ...profile,
        hasPin: pinHash !== null,
      })),
      progress: await tx.find(ProgressEntity, { ...ofProfiles, order: { occurredAt: 'DESC' } }),
      historyRemovals: await tx.find(HistoryRemovalEntity, { ...ofProfiles, order: { removedAt: 'DESC' } }),
      myList: await tx.find(MyListEntryEntity, { ...ofProfiles, order: { addedAt: 'DESC' } }),
      ratings: await tx.find(RatingEntity, { ...ofProfiles, order: { ratedAt: 'DESC' } }),
      sessions: await tx.find(SessionEntity, newest),
      passkeys: passkeys.map(({ publicKey: _key, credentialId, ...passkey }) => ({
        ...passkey,
        credentialId: credentialId.toString('base64url'),
      })),
      apiKeys: await this.apiKeys.list(accountId, tx),
      mailLinks: links.map(({ hash: _hash, ...link }) => link),
      // The device and the session of an admin are not shown to the owner.
      securityEvents: events.map(({ actorId, address, userAgent, sessionId, ...event }) =>
        actorId === null ? { ...event, address, userAgent, sessionId } : event,
      ),
    };
  }
}
