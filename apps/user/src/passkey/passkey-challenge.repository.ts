import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RowCleanups, type Transaction } from '@viernes/database';
import { IsNull, Repository } from 'typeorm';
import { hashToken } from '../random-token.js';
import { PasskeyChallengeEntity } from './passkey-challenge.entity.js';
import { CHALLENGE_TTL_MINUTES } from './passkey.js';

/** Challenges that are valid once, and for the purpose for which they were created. Uses the clock of the database. */
@Injectable()
export class PasskeyChallengeRepository {
  constructor(
    @InjectRepository(PasskeyChallengeEntity) private readonly challenges: Repository<PasskeyChallengeEntity>,
    cleanups: RowCleanups,
  ) {
    cleanups.add({ table: 'passkey_challenge', key: 'hash', where: 'expires_at < now()', orderBy: 'expires_at' });
  }

  /** @param accountId the account to which a passkey is added. Undefined for a sign-in */
  async insert(challenge: string, accountId?: string, tx: Transaction = this.challenges.manager): Promise<void> {
    const expiresAt = (): string => `now() + make_interval(mins => ${CHALLENGE_TTL_MINUTES})`;
    await tx
      .createQueryBuilder()
      .insert()
      .into(PasskeyChallengeEntity)
      .values({ hash: hashToken(challenge), accountId: accountId ?? null, expiresAt })
      .execute();
  }

  /**
   * Uses up a challenge. One of several concurrent calls succeeds. Runs outside of a transaction, so that the challenge
   * remains used if the verification of its signature fails.
   *
   * @param accountId as for `insert`
   * @returns false if the challenge is not valid
   */
  async redeem(challenge: string, accountId?: string): Promise<boolean> {
    const { affected } = await this.challenges
      .createQueryBuilder()
      .delete()
      .where({ hash: hashToken(challenge), accountId: accountId ?? IsNull() })
      .andWhere('expires_at > now()')
      .execute();
    return affected === 1;
  }

  /** Invalidates the registrations in progress: they were started with a password that has changed since. */
  async expire(tx: Transaction, accountId: string): Promise<void> {
    await tx.delete(PasskeyChallengeEntity, { accountId });
  }
}
