import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RowCleanups, type Transaction } from '@viernes/database';
import { IsNull, Repository } from 'typeorm';
import { hashToken } from '../random-token.js';
import type { BrowserSecret } from './browser-secret.js';
import { AUTHORIZATION_TTL_MINUTES } from './identity.js';
import { ProviderAuthorizationEntity } from './provider-authorization.entity.js';

export interface ProviderAuthorization {
  readonly state: string;
  readonly secret: BrowserSecret;
  readonly providerId: string;
  /** The account to which the identity is added. Undefined for a sign-in. */
  readonly accountId: string | undefined;
}

/**
 * The values of the parameter `state` (RFC 6749) of sign-ins in progress. Each is valid once, in one browser, and for
 * one purpose. Uses the clock of the database.
 */
@Injectable()
export class ProviderAuthorizationRepository {
  constructor(
    @InjectRepository(ProviderAuthorizationEntity)
    private readonly authorizations: Repository<ProviderAuthorizationEntity>,
    cleanups: RowCleanups,
  ) {
    const where = 'expires_at < now()';
    cleanups.add({ table: 'provider_authorization', key: 'state_hash', where, orderBy: 'expires_at' });
  }

  async insert({ state, secret, providerId, accountId }: ProviderAuthorization): Promise<void> {
    await this.authorizations
      .createQueryBuilder()
      .insert()
      .values({
        stateHash: hashToken(state),
        browserHash: hashToken(secret.value),
        providerId,
        accountId: accountId ?? null,
        expiresAt: () => `now() + make_interval(mins => ${AUTHORIZATION_TTL_MINUTES})`,
      })
      .execute();
  }

  /**
   * Uses up a state. One of several concurrent calls succeeds. Runs outside of a transaction, so that the state remains
   * used if the provider rejects the code.
   *
   * @returns the ID of the provider, undefined if the state is not valid
   */
  async redeem({ state, secret, accountId }: Omit<ProviderAuthorization, 'providerId'>): Promise<string | undefined> {
    const { raw } = await this.authorizations
      .createQueryBuilder()
      .delete()
      .where({ stateHash: hashToken(state), browserHash: hashToken(secret.value), accountId: accountId ?? IsNull() })
      .andWhere('expires_at > now()')
      .returning('provider_id')
      .execute();
    const [row] = raw as { provider_id: string }[];
    return row?.provider_id;
  }

  /** Invalidates links of identities in progress: they were started with a password that has changed since. */
  async expire(tx: Transaction, accountId: string): Promise<void> {
    await tx.delete(ProviderAuthorizationEntity, { accountId });
  }
}
