import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import {
  exportedTable,
  readExportPage,
  type ExportedTable,
  type ExportPage,
  type Transaction,
} from '@viernes/database';
import { In, IsNull } from 'typeorm';
import { AccountEntity } from '../account/account.entity.js';
import { ApiKeyRepository } from '../api-key/api-key.repository.js';
import { IdentityEntity } from '../identity/identity.entity.js';
import { MailLinkEntity } from '../mail-link/mail-link.entity.js';
import { MyListEntryEntity } from '../my-list/my-list-entry.entity.js';
import { PasskeyEntity } from '../passkey/passkey.entity.js';
import { ProfileEntity } from '../profile/profile.entity.js';
import { HistoryRemovalEntity } from '../progress/history-removal.entity.js';
import { ProgressEntity } from '../progress/progress.entity.js';
import { RatingEntity } from '../rating/rating.entity.js';
import { SecurityEventEntity } from '../security-event/security-event.entity.js';
import { SessionEntity } from '../session/session.entity.js';
import { UsageHourEntity } from '../usage/usage-hour.entity.js';

/** The removal of a series contains the IDs of up to 20,000 episodes, 0.8 MB. A response is limited to 8 MiB. */
const MAX_PAGE_REMOVALS = 8;

/** The rows of all tables that refer to an account, for its owner. Contains no hash of a password, a PIN, or a token. */
@Injectable()
export class AccountDataRepository {
  constructor(private readonly apiKeys: ApiKeyRepository) {}

  /**
   * Reads the account and its short lists.
   *
   * @throws CodedError UNAUTHENTICATED if the account was deleted
   */
  async readAccount(tx: Transaction, accountId: string): Promise<Readonly<Record<string, unknown>>> {
    const found = await tx.findOneBy(AccountEntity, { id: accountId, deletionRequestedAt: IsNull() });
    if (!found) throw new CodedError('UNAUTHENTICATED', { reason: 'no account' });
    const { passwordHash: _, deletionRequestedAt: _deletion, ...account } = found;
    const profiles = await tx.find(ProfileEntity, { where: { accountId }, order: { createdAt: 'ASC' } });
    return {
      account,
      profiles: profiles.map(({ pinHash, pinAttempts: _attempts, pinAttemptedAt: _attemptedAt, ...profile }) => ({
        ...profile,
        hasPin: pinHash !== null,
      })),
      apiKeys: await this.apiKeys.list(accountId, tx),
    };
  }

  /**
   * Reads a page of the lists whose length has no limit. Even a client that is not signed in can add to one of them,
   * with rejected passwords.
   *
   * @throws CodedError CURSOR_INVALID
   */
  async readPage(tx: Transaction, accountId: string, cursor: string): Promise<ExportPage> {
    const profiles = await tx.find(ProfileEntity, { select: { id: true }, where: { accountId } });
    const profileIds = profiles.map(({ id }) => id);
    return readExportPage(tx, [...tablesOfProfiles(profileIds), ...tablesOfAccount(accountId)], cursor);
  }
}

function tablesOfProfiles(profileIds: readonly string[]): ExportedTable[] {
  const where = { profileId: In(profileIds) };
  return [
    exportedTable('progress', ProgressEntity, where),
    { ...exportedTable('historyRemovals', HistoryRemovalEntity, where), maxPageRows: MAX_PAGE_REMOVALS },
    exportedTable('myList', MyListEntryEntity, where),
    exportedTable('ratings', RatingEntity, where),
  ];
}

function tablesOfAccount(accountId: string): ExportedTable[] {
  const where = { accountId };
  return [
    exportedTable('sessions', SessionEntity, where),
    exportedTable('passkeys', PasskeyEntity, where, ({ publicKey: _key, credentialId, ...passkey }) => ({
      ...passkey,
      credentialId: credentialId.toString('base64url'),
    })),
    exportedTable('identities', IdentityEntity, where),
    exportedTable('usage', UsageHourEntity, where, ({ id: _id, accountId: _account, ...row }) => row),
    exportedTable('mailLinks', MailLinkEntity, where, ({ hash: _hash, ...link }) => link),
    exportedTable('securityEvents', SecurityEventEntity, where, toOwnEvent),
  ];
}

/** Omits the device and the session of an admin. */
function toOwnEvent({ actorId, address, userAgent, sessionId, ...event }: SecurityEventEntity): unknown {
  return actorId === null ? { ...event, address, userAgent, sessionId } : event;
}
