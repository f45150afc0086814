import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { uuid } from '@viernes/platform';
import { Repository } from 'typeorm';
import { IdentityEntity } from './identity.entity.js';
import type { Identity, VerifiedIdentity } from './identity.js';

@Injectable()
export class IdentityRepository {
  constructor(@InjectRepository(IdentityEntity) private readonly identities: Repository<IdentityEntity>) {}

  /** Lists the identities of an account, oldest first. */
  async list(accountId: string): Promise<Identity[]> {
    return this.identities.find({ where: { accountId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  async find(tx: Transaction, { issuer, subject }: VerifiedIdentity): Promise<Identity | undefined> {
    return (await tx.findOneBy(IdentityEntity, { issuer, subject })) ?? undefined;
  }

  /**
   * @throws CodedError IDENTITY_CONFLICT if the identity is linked with an account, or the account with another
   *   identity of the issuer
   */
  async insert(
    tx: Transaction,
    accountId: string,
    { issuer, subject, verifiedEmail }: VerifiedIdentity,
  ): Promise<Identity> {
    const identity = { id: randomUUID(), accountId, issuer, subject, email: verifiedEmail ?? null };
    const { raw } = await tx
      .createQueryBuilder()
      .insert()
      .into(IdentityEntity)
      .values(identity)
      .orIgnore()
      .returning('created_at')
      .execute();
    const [row] = raw as { created_at: Date }[];
    if (!row) throw new CodedError('IDENTITY_CONFLICT');
    return { ...identity, createdAt: row.created_at, lastUsedAt: null };
  }

  /** Records a sign-in. @returns false if the identity was removed */
  async recordUse(tx: Transaction, id: string, { verifiedEmail }: VerifiedIdentity): Promise<boolean> {
    const change = { email: verifiedEmail ?? null, lastUsedAt: () => 'now()' };
    const { affected } = await tx.update(IdentityEntity, { id }, change);
    return affected === 1;
  }

  /**
   * @param identityId any text
   * @throws CodedError IDENTITY_NOT_FOUND, also for an identity of another account
   */
  async delete(tx: Transaction, accountId: string, identityId: string): Promise<void> {
    const id = uuid.safeParse(identityId).data;
    const deleted = id === undefined ? undefined : await tx.delete(IdentityEntity, { id, accountId });
    if (deleted?.affected !== 1) throw new CodedError('IDENTITY_NOT_FOUND', { identityId });
  }
}
