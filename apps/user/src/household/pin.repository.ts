import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import { ProfileEntity } from '../profile/profile.entity.js';

/** Attempts before a lock. A PIN has 10,000 values, so guessing one takes 7 days on average. */
export const MAX_PIN_ATTEMPTS = 5;

export const PIN_LOCK_MINUTES = 10;

/** Uses the clock of the database, because the clocks of replicas differ. */
@Injectable()
export class PinRepository {
  constructor(@InjectRepository(ProfileEntity) private readonly profiles: Repository<ProfileEntity>) {}

  async findHash(profileId: string, tx: Transaction = this.profiles.manager): Promise<string | undefined> {
    const row = await tx.findOne(ProfileEntity, { select: { id: true, pinHash: true }, where: { id: profileId } });
    return row?.pinHash ?? undefined;
  }

  /**
   * Counts an attempt before its result is known, so that parallel attempts cannot exceed the limit.
   *
   * @returns false if there were too many
   */
  async countAttempt(profileId: string): Promise<boolean> {
    const isExpired = `(pin_attempted_at IS NULL OR pin_attempted_at < now() - make_interval(mins => ${PIN_LOCK_MINUTES}))`;
    const { affected } = await this.profiles
      .createQueryBuilder()
      .update()
      .set({
        pinAttempts: () => `CASE WHEN ${isExpired} THEN 1 ELSE pin_attempts + 1 END`,
        pinAttemptedAt: () => 'now()',
      })
      .where(`id = :profileId AND (${isExpired} OR pin_attempts < ${MAX_PIN_ATTEMPTS})`, { profileId })
      .execute();
    return affected === 1;
  }

  async resetAttempts(profileId: string): Promise<void> {
    await this.profiles.update({ id: profileId }, { pinAttempts: 0 });
  }

  async put(tx: Transaction, profileId: string, pinHash: string | null): Promise<void> {
    await tx.update(ProfileEntity, { id: profileId }, { pinHash, pinAttempts: 0 });
  }
}
