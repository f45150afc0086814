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

@Injectable()
export class SigningKeyRepository {
  constructor(
    @InjectRepository(SigningKeyEntity) private readonly keys: Repository<SigningKeyEntity>,
    private readonly transactions: Transactions,
  ) {}

  /** The public halves, newest first. */
  async listPublic(): Promise<JWK[]> {
    const rows = await this.keys.query<{ publicJwk: JWK }[]>(
      'select public_jwk as "publicJwk" from signing_key order by created_at desc, kid',
    );
    return rows.map(({ publicJwk }) => publicJwk);
  }

  async findNewest(tx: Transaction = this.keys.manager): Promise<KeyPair | undefined> {
    const [pair] = await tx.query<KeyPair[]>(
      `select kid, public_jwk as "publicJwk", private_jwk as "privateJwk" from signing_key
       order by created_at desc, kid limit 1`,
    );
    return pair;
  }

  /** Of replicas that start together on an empty database one makes the key, and all get the same. */
  async findNewestOrInsert(make: () => Promise<KeyPair>): Promise<KeyPair> {
    return this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'signingKey');
      const existing = await this.findNewest(tx);
      if (existing) return existing;
      const pair = await make();
      await tx.query('insert into signing_key (kid, public_jwk, private_jwk) values ($1, $2, $3)', [
        pair.kid,
        pair.publicJwk,
        pair.privateJwk,
      ]);
      return pair;
    });
  }
}
