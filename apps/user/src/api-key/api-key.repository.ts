import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { ACCESS_TOKEN, CodedError } from '@viernes/contracts';
import { RowCleanups, type Transaction } from '@viernes/database';
import { uuid } from '@viernes/platform';
import { IsNull, Repository, type SelectQueryBuilder } from 'typeorm';
import { AccountEntity } from '../account/account.entity.js';
import { ProfileEntity } from '../profile/profile.entity.js';
import { hashToken } from '../random-token.js';
import { toSessionRole } from '../session/session-role.js';
import { ApiKeySecretEntity } from './api-key-secret.entity.js';
import { ApiKeyEntity } from './api-key.entity.js';
import type { ApiKey, VerifiedApiKey } from './api-key.js';

/**
 * The end of an SQL condition: a time in the future, or at most the lifetime of an access token ago. A repeated request
 * returns the secrets that ended within this time again, as for sessions.
 */
const IS_RECENT = `>= now() - make_interval(secs => ${ACCESS_TOKEN.ttlSeconds})`;

/** Uses the clock of the database, because the clocks of replicas differ. */
@Injectable()
export class ApiKeyRepository {
  constructor(
    @InjectRepository(ApiKeyEntity) private readonly keys: Repository<ApiKeyEntity>,
    cleanups: RowCleanups,
  ) {
    cleanups.add({ table: 'api_key', key: 'id', where: `NOT revoked_at ${IS_RECENT}`, orderBy: 'revoked_at' });
  }

  /** Lists the keys of an account that are not revoked, oldest first. */
  async list(accountId: string, tx: Transaction = this.keys.manager): Promise<ApiKey[]> {
    const { entities, raw } = await withExpiry(tx)
      .where({ accountId, revokedAt: IsNull() })
      .orderBy({ 'key.createdAt': 'ASC', 'key.id': 'ASC' })
      .getRawAndEntities<{ expires_at: Date }>();
    return entities.map((entity, index) => toApiKey(entity, raw[index]));
  }

  /**
   * @param apiKeyId any text
   * @throws CodedError API_KEY_NOT_FOUND, also for a key of another account, and a revoked one
   */
  async get(tx: Transaction, accountId: string, apiKeyId: string): Promise<ApiKey> {
    const where = { id: toId(apiKeyId), accountId, revokedAt: IsNull() };
    const { entities, raw } = await withExpiry(tx).where(where).getRawAndEntities<{ expires_at: Date }>();
    const [entity] = entities;
    if (!entity) throw notFound(apiKeyId);
    return toApiKey(entity, raw[0]);
  }

  async insert(
    tx: Transaction,
    key: Pick<ApiKey, 'id' | 'name' | 'prefix' | 'scopes' | 'profileId'> & { readonly accountId: string },
  ): Promise<void> {
    await tx.insert(ApiKeyEntity, key);
  }

  async insertSecret(tx: Transaction, apiKeyId: string, id: string, secret: string, validDays: number): Promise<void> {
    await tx
      .createQueryBuilder()
      .insert()
      .into(ApiKeySecretEntity)
      .values({ id, apiKeyId, hash: hashToken(secret), expiresAt: () => 'now() + make_interval(days => :validDays)' })
      .setParameters({ validDays })
      .execute();
  }

  /**
   * Limits how long the secrets of a key stay valid. Deletes the secrets that expired longer ago than the lifetime of an
   * access token.
   *
   * @returns the IDs of the other secrets that have expired
   */
  async expireSecrets(tx: Transaction, apiKeyId: string, overlapHours: number): Promise<string[]> {
    await tx
      .createQueryBuilder()
      .delete()
      .from(ApiKeySecretEntity)
      .where({ apiKeyId })
      .andWhere(`NOT expires_at ${IS_RECENT}`)
      .execute();
    await tx
      .createQueryBuilder()
      .update(ApiKeySecretEntity)
      .set({ expiresAt: () => `least(expires_at, ${CURRENT_TIME} + make_interval(hours => :overlapHours))` })
      .where({ apiKeyId })
      .setParameters({ overlapHours })
      .execute();
    const ended = await tx
      .createQueryBuilder(ApiKeySecretEntity, 'secret')
      .select('secret.id')
      .where({ apiKeyId })
      .andWhere('secret.expiresAt <= now()')
      .getMany();
    return ended.map(({ id }) => id);
  }

  /** @returns false if the key was already revoked @throws CodedError API_KEY_NOT_FOUND */
  async revoke(tx: Transaction, accountId: string, apiKeyId: string): Promise<boolean> {
    const where = { id: toId(apiKeyId), accountId };
    const { affected } = await tx.update(
      ApiKeyEntity,
      { ...where, revokedAt: IsNull() },
      { revokedAt: () => CURRENT_TIME },
    );
    if (affected === 0 && !(await tx.existsBy(ApiKeyEntity, where))) throw notFound(apiKeyId);
    return affected === 1;
  }

  /** @returns the IDs of the secrets of the revoked keys */
  async revokeAll(tx: Transaction, accountId: string): Promise<string[]> {
    await tx.update(ApiKeyEntity, { accountId, revokedAt: IsNull() }, { revokedAt: () => CURRENT_TIME });
    return this.listRevokedSecrets(tx, accountId);
  }

  /**
   * Lists the secrets of the keys of an account that were revoked so recently that the edge can have cached a
   * verification. A repeated request returns them again, in case the first response was lost.
   */
  async listRevokedSecrets(tx: Transaction, accountId: string, apiKeyId?: string): Promise<string[]> {
    const secrets = await tx
      .createQueryBuilder(ApiKeySecretEntity, 'secret')
      .select('secret.id')
      .innerJoin(ApiKeyEntity, 'key', 'key.id = secret.apiKeyId')
      .where(`key.accountId = :accountId AND key.revokedAt ${IS_RECENT}`, { accountId })
      .andWhere(apiKeyId === undefined ? 'true' : 'key.id = :apiKeyId', { apiKeyId })
      .getMany();
    return secrets.map(({ id }) => id);
  }

  /**
   * Finds the key of a secret.
   *
   * @returns undefined if the secret is unknown or expired, the key is revoked, or the deletion of the account is requested
   */
  async findValid(secret: string): Promise<VerifiedApiKey | undefined> {
    const query = this.keys
      .createQueryBuilder('key')
      .innerJoinAndMapOne('key.secret', ApiKeySecretEntity, 'secret', 'secret.apiKeyId = key.id')
      .innerJoinAndMapOne('key.account', AccountEntity, 'account', 'account.id = key.accountId')
      .leftJoinAndMapOne('key.profile', ProfileEntity, 'profile', 'profile.id = key.profileId')
      .where('secret.hash = :hash AND secret.expiresAt > now()', { hash: hashToken(secret) })
      .andWhere('key.revokedAt IS NULL AND account.deletionRequestedAt IS NULL');
    const row = (await query.getOne()) as JoinedKey | null;
    if (!row) return undefined;
    const { id, accountId, scopes, profile } = row;
    const maximumAge = profile?.maximumAge ?? undefined;
    return {
      id,
      secretId: row.secret.id,
      accountId,
      plan: row.account.plan,
      role: toSessionRole(row.account, profile && { maximumAge }),
      scopes,
      profileId: profile?.id,
      maximumAge,
      expiresAt: row.secret.expiresAt,
    };
  }

  /** Records that keys were used now. */
  async recordUses(tx: Transaction, ids: readonly string[]): Promise<void> {
    // Skips locked keys: another replica records the same use, or the key is being revoked.
    await tx
      .createQueryBuilder()
      .update(ApiKeyEntity)
      .set({ lastUsedAt: () => 'now()' })
      .where('id IN (SELECT id FROM api_key WHERE id = ANY(:ids) FOR NO KEY UPDATE SKIP LOCKED)', { ids })
      .execute();
  }
}

/** Truncated, because the columns store milliseconds and rounding up could move an end into the future. */
const CURRENT_TIME = `date_trunc('milliseconds', now())`;

interface JoinedKey extends ApiKeyEntity {
  readonly secret: ApiKeySecretEntity;
  readonly account: AccountEntity;
  readonly profile: ProfileEntity | null;
}

function withExpiry(tx: Transaction): SelectQueryBuilder<ApiKeyEntity> {
  const latest = 'SELECT max(secret.expires_at) FROM api_key_secret secret WHERE secret.api_key_id = key.id';
  return tx.createQueryBuilder(ApiKeyEntity, 'key').addSelect(`(${latest})`, 'expires_at');
}

function toApiKey(
  { accountId: _, revokedAt: _revokedAt, ...key }: ApiKeyEntity,
  raw: { readonly expires_at: Date } | undefined,
): ApiKey {
  if (!raw) throw new Error('the API key has no secret');
  return { ...key, expiresAt: raw.expires_at };
}

function toId(apiKeyId: string): string {
  const id = uuid.safeParse(apiKeyId).data;
  if (id === undefined) throw notFound(apiKeyId);
  return id;
}

function notFound(apiKeyId: string): CodedError {
  return new CodedError('API_KEY_NOT_FOUND', { apiKeyId });
}
