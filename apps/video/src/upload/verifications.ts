import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { currentCall, runInCall } from '@viernes/platform';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';

/**
 * Verifications under way in this process. One takes longer than a caller may wait, so it goes on without its caller's
 * deadline, and whoever asks again joins it instead of reading the object anew.
 */
@Injectable()
export class Verifications {
  private readonly running = new Map<string, Promise<void>>();

  constructor(@Inject(VIDEO_CONFIG) private readonly config: VideoConfig) {}

  /** @throws CodedError OVERLOADED where as many as may are running */
  async join(uploadId: string, verify: () => Promise<void>): Promise<void> {
    const joined = this.running.get(uploadId);
    if (joined) return joined;
    if (this.running.size >= this.config.VERIFICATION_LIMIT) {
      throw new CodedError('OVERLOADED', { verifications: this.running.size });
    }
    const { traceId, accountId, sessionId, role } = currentCall();
    const call = { traceId, ...(accountId && { accountId }), ...(sessionId && { sessionId }), ...(role && { role }) };
    const verification = runInCall(call, verify).finally(() => this.running.delete(uploadId));
    this.running.set(uploadId, verification);
    return verification;
  }
}
