import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { withoutDeadline } from '@viernes/platform';
import pLimit, { type LimitFunction } from 'p-limit';
import { UPLOAD_CONFIG, type UploadConfig } from './upload.config.js';

/**
 * Limits the concurrent verifications of this process. A verification can take longer than its caller waits, so it runs
 * without the caller's deadline, and a repeated call joins it instead of reading the object again.
 */
@Injectable()
export class VerificationQueue {
  private readonly pending = new Map<string, Promise<void>>();
  private readonly limit: LimitFunction;

  constructor(@Inject(UPLOAD_CONFIG) private readonly config: UploadConfig) {
    this.limit = pLimit(config.VERIFICATION_CONCURRENCY);
  }

  /** @throws CodedError OVERLOADED if VERIFICATION_QUEUE_LIMIT is reached */
  async runOrJoin(uploadId: string, verify: () => Promise<void>): Promise<void> {
    const running = this.pending.get(uploadId);
    if (running) return running;
    if (this.pending.size >= this.config.VERIFICATION_QUEUE_LIMIT) {
      throw new CodedError('OVERLOADED', { verifications: this.pending.size });
    }
    const verification = withoutDeadline(() => this.limit(verify)).finally(() => this.pending.delete(uploadId));
    this.pending.set(uploadId, verification);
    return verification;
  }
}
