import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { TRANSCODE_CONFIG, type TranscodeConfig } from './transcode.config.js';

/**
 * Protects leases that expired because the database was unavailable: their workers could not extend them. For LEASE_SECONDS
 * after a failed transaction, this replica grants no expired lease to another worker, so that the outage costs no attempt.
 */
@Injectable()
export class OutageGrace {
  private failedAtMs = -Infinity;

  constructor(@Inject(TRANSCODE_CONFIG) private readonly config: TranscodeConfig) {}

  get isActive(): boolean {
    return performance.now() - this.failedAtMs < this.config.LEASE_SECONDS * 1000;
  }

  /** Runs a transaction of a worker's call and records whether the database was unavailable. */
  async watch<Result>(transaction: () => Promise<Result>): Promise<Result> {
    try {
      return await transaction();
    } catch (error) {
      if (error instanceof CodedError && error.code === 'DEPENDENCY_UNAVAILABLE') this.failedAtMs = performance.now();
      throw error;
    }
  }
}
