import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
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

/** The newest rows of each list are exported: anybody can add rejected passwords to an account. */
const MAX_ROWS = 5_000;

/** The rows of all tables that refer to an account, for its owner. */
@Injectable()
export class AccountDataRepository {
  constructor(
    private readonly apiKeys: ApiKeyRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Contains no hash of a password, a PIN, or a token. @throws CodedError UNAUTHENTICATED if the account was deleted */
  async read(accountId: string): Promise<Readonly<Record<string, unknown>>> {
    return this.transactions.run(async (tx) => {
      const found = await tx.findOneBy(AccountEntity, { id: accountId, deletionRequestedAt: IsNull() });
      if (!found) throw new CodedError('UNAUTHENTICATED', { reason: 'no account' });
      const { passwordHash: _, deletionRequestedAt: _deletion, ...account } = found;
      const where = { accountId };
      const profiles = await tx.find(ProfileEntity, { where, order: { createdAt: 'ASC' } });
      const ofProfiles = { profileId: In(profiles.map(({ id }) => id)) };
      const passkeys = await tx.find(PasskeyEntity, { where, order: { createdAt: 'ASC' } });
      const links = await tx.find(MailLinkEntity, { where, order: { createdAt: 'ASC' } });
      const events = await tx.find(SecurityEventEntity, { where, order: { id: 'DESC' }, take: MAX_ROWS });
      return {
        account,
        profiles: profiles.map(({ pinHash, pinAttempts: _attempts, pinAttemptedAt: _attemptedAt, ...profile }) => ({
          ...profile,
          hasPin: pinHash !== null,
        })),
        progress: await tx.find(ProgressEntity, { where: ofProfiles, order: { occurredAt: 'DESC' }, take: MAX_ROWS }),
        historyRemovals: await tx.find(HistoryRemovalEntity, { where: ofProfiles, order: { removedAt: 'DESC' } }),
        myList: await tx.find(MyListEntryEntity, { where: ofProfiles, order: { addedAt: 'DESC' } }),
        ratings: await tx.find(RatingEntity, { where: ofProfiles, order: { ratedAt: 'DESC' }, take: MAX_ROWS }),
        sessions: await tx.find(SessionEntity, { where, order: { createdAt: 'ASC' } }),
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
    });
  }
}
