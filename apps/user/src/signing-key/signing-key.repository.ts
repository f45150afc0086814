import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { lockInTransaction, RowCleanups, Transactions, type Transaction } from '@viernes/database';
import type { JWK } from 'jose';
import { Repository } from 'typeorm';
import { PUBLISHED_SECONDS, RETIRED_SECONDS, type KeyPair } from './signing-key.js';
import { SigningKeyEntity } from './signing-key.entity.js';

const NEWEST_FIRST = { activeFrom: 'DESC', kid: 'ASC' } as const;

/** Uses the clock of the database, because the clocks of replicas differ. */
@Injectable()
export class SigningKeyRepository {
  constructor(
    @InjectRepository(SigningKeyEntity) private readonly keys: Repository<SigningKeyEntity>,
    private readonly transactions: Transactions,
    cleanups: RowCleanups,
  ) {
    cleanups.add({
      table: 'signing_key',
      key: 'kid',
      where: `EXISTS (SELECT FROM signing_key newer WHERE newer.active_from > signing_key.active_from
        AND newer.active_from < now() - make_interval(secs => ${RETIRED_SECONDS}))`,
      orderBy: 'active_from',
    });
  }

  /** Lists the public keys, newest first. */
  async listPublic(): Promise<JWK[]> {
    const rows = await this.keys.find({ select: { kid: true, publicJwk: true }, order: NEWEST_FIRST });
    return rows.map(({ publicJwk }) => publicJwk);
  }

  /** Returns the key that signs. */
  async findActive(tx: Transaction = this.keys.manager): Promise<KeyPair | undefined> {
    const row = await tx
      .createQueryBuilder(SigningKeyEntity, 'key')
      // Not now(), the start of the transaction: another replica can have inserted the first key since then.
      .where('key.activeFrom <= clock_timestamp()')
      .orderBy({ 'key.activeFrom': 'DESC', 'key.kid': 'ASC' })
      .limit(1)
      .getOne();
    return row ?? undefined;
  }

  /** Returns the active key pair, or creates the first one. Replicas that start together receive the same pair. */
  async findActiveOrInsert(create: () => Promise<KeyPair>): Promise<KeyPair> {
    return this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'signingKey');
      const existing = await this.findActive(tx);
      if (existing) return existing;
      const pair = await create();
      await tx.insert(SigningKeyEntity, pair);
      return pair;
    });
  }

  /** Returns the next key, or creates it. Concurrent calls receive the same key. */
  async findNextOrInsert(create: () => Promise<KeyPair>): Promise<SigningKeyEntity> {
    return this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'signingKey');
      const next = tx.createQueryBuilder(SigningKeyEntity, 'key').where('key.activeFrom > now()');
      const waiting = await next.getOne();
      if (waiting) return waiting;
      const activeFrom = (): string => `now() + make_interval(secs => ${PUBLISHED_SECONDS})`;
      await tx
        .createQueryBuilder()
        .insert()
        .into(SigningKeyEntity)
        .values({ ...(await create()), activeFrom })
        .execute();
      return next.getOneOrFail();
    });
  }
}
