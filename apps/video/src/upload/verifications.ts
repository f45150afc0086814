import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import pLimit, { type LimitFunction } from 'p-limit';
import { beyondDeadline } from '../background/beyond-deadline.js';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';

/**
 * Verifications of this process, a few at a time. One takes longer than a caller may wait, so it goes on without its
 * caller's deadline, and whoever asks again joins it instead of reading the object anew.
 */
@Injectable()
export class Verifications {
  private readonly pending = new Map<string, Promise<void>>();
  private readonly inTurn: LimitFunction;

  constructor(@Inject(VIDEO_CONFIG) private readonly config: VideoConfig) {
    this.inTurn = pLimit(config.VERIFICATION_CONCURRENCY);
  }

  /** @throws CodedError OVERLOADED where too many wait already */
  async join(uploadId: string, verify: () => Promise<void>): Promise<void> {
    const joined = this.pending.get(uploadId);
    if (joined) return joined;
    if (this.pending.size >= this.config.VERIFICATION_QUEUE_LIMIT) {
      throw new CodedError('OVERLOADED', { verifications: this.pending.size });
    }
    const verification = beyondDeadline(() => this.inTurn(verify)).finally(() => this.pending.delete(uploadId));
    this.pending.set(uploadId, verification);
    return verification;
  }
}
