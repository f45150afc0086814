import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { lockInTransaction, Transactions, type Transaction } from '@viernes/database';
import type { JWK } from 'jose';
import { Repository } from 'typeorm';
import { SigningKeyEntity } from './signing-key.entity.js';

export interface KeyPair {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

const NEWEST_FIRST = { createdAt: 'DESC', kid: 'ASC' } as const;

@Injectable()
export class SigningKeyRepository {
  constructor(
    @InjectRepository(SigningKeyEntity) private readonly keys: Repository<SigningKeyEntity>,
    private readonly transactions: Transactions,
  ) {}

  /** Lists the public keys, newest first. */
  async listPublic(): Promise<JWK[]> {
    const rows = await this.keys.find({ select: { kid: true, publicJwk: true }, order: NEWEST_FIRST });
    return rows.map(({ publicJwk }) => publicJwk);
  }

  async findNewest(tx: Transaction = this.keys.manager): Promise<KeyPair | undefined> {
    const [row] = await tx.find(SigningKeyEntity, { order: NEWEST_FIRST, take: 1 });
    return row && { kid: row.kid, publicJwk: row.publicJwk, privateJwk: row.privateJwk };
  }

  /** Returns the newest key pair, or creates the first one. Replicas that start together receive the same pair. */
  async findNewestOrInsert(create: () => Promise<KeyPair>): Promise<KeyPair> {
    return this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'signingKey');
      const existing = await this.findNewest(tx);
      if (existing) return existing;
      const pair = await create();
      await tx.insert(SigningKeyEntity, pair);
      return pair;
    });
  }
}
