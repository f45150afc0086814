import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { uuid } from '@viernes/platform';
import { Repository } from 'typeorm';
import { PasskeyEntity } from './passkey.entity.js';
import type { Passkey, VerifiedPasskey, VerifiedUse } from './passkey.js';

@Injectable()
export class PasskeyRepository {
  constructor(@InjectRepository(PasskeyEntity) private readonly passkeys: Repository<PasskeyEntity>) {}

  /** Lists the passkeys of an account, oldest first. */
  async list(accountId: string, tx: Transaction = this.passkeys.manager): Promise<Passkey[]> {
    return tx.find(PasskeyEntity, { where: { accountId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  async find(credentialId: Buffer): Promise<Passkey | undefined> {
    return (await this.passkeys.findOneBy({ credentialId })) ?? undefined;
  }

  /** @returns undefined if another passkey has the credential ID */
  async insert(
    tx: Transaction,
    passkey: VerifiedPasskey & Pick<Passkey, 'id' | 'accountId' | 'name'>,
  ): Promise<Passkey | undefined> {
    const { raw } = await tx
      .createQueryBuilder()
      .insert()
      .into(PasskeyEntity)
      .values(passkey)
      .orIgnore()
      .returning('created_at')
      .execute();
    const [row] = raw as { created_at: Date }[];
    return row && { ...passkey, createdAt: row.created_at, lastUsedAt: null };
  }

  /**
   * Records a sign-in, if the counter has increased, or the authenticator has none. One of several concurrent calls with
   * the same counter succeeds.
   *
   * @returns false if the counter has not increased
   * @throws CodedError PASSKEY_REJECTED if the passkey was removed
   */
  async recordUse(tx: Transaction, id: string, { counter, isBackedUp }: VerifiedUse): Promise<boolean> {
    const where = { id };
    const passkey = await tx.findOne(PasskeyEntity, { where, lock: { mode: 'for_no_key_update' } });
    if (!passkey) throw new CodedError('PASSKEY_REJECTED', { reason: 'removed' });
    const hasCounter = counter > 0 || passkey.counter > 0;
    if (hasCounter && counter <= passkey.counter) return false;
    await tx.update(PasskeyEntity, where, { counter, isBackedUp, lastUsedAt: () => 'now()' });
    return true;
  }

  /**
   * @param passkeyId any text
   * @throws CodedError PASSKEY_NOT_FOUND, also for a passkey of another account
   */
  async rename(accountId: string, passkeyId: string, name: string): Promise<Passkey> {
    const where = { id: toId(passkeyId), accountId };
    await this.passkeys.update(where, { name });
    const passkey = await this.passkeys.findOneBy(where);
    if (!passkey) throw notFound(passkeyId);
    return passkey;
  }

  /**
   * @param passkeyId any text
   * @throws CodedError PASSKEY_NOT_FOUND, also for a passkey of another account
   */
  async delete(tx: Transaction, accountId: string, passkeyId: string): Promise<void> {
    const { affected } = await tx.delete(PasskeyEntity, { id: toId(passkeyId), accountId });
    if (affected !== 1) throw notFound(passkeyId);
  }
}

function toId(passkeyId: string): string {
  const id = uuid.safeParse(passkeyId).data;
  if (id === undefined) throw notFound(passkeyId);
  return id;
}

function notFound(passkeyId: string): CodedError {
  return new CodedError('PASSKEY_NOT_FOUND', { passkeyId });
}
