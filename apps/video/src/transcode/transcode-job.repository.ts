import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, type ErrorCode } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { currentSpan, traceparent } from '@viernes/platform';
import { In } from 'typeorm';
import type { PlannedRendition } from '../asset/rendition.js';
import { TranscodeJobEntity } from './transcode-job.entity.js';
import { jobPriority, type JobState, type LadderStep, type TranscodeJob } from './transcode-job.js';

export interface NewLease {
  readonly leaseToken: string;
  readonly workerId: string;
  readonly leaseSeconds: number;
  /** Null for a probe. */
  readonly outputKey: string | null;
}

/**
 * Each change of a running job requires its lease token, so that only one of two workers succeeds. Uses the database clock,
 * because the clocks of workers and replicas drift.
 */
@Injectable()
export class TranscodeJobRepository {
  async enqueueProbe(tx: Transaction, assetId: string): Promise<void> {
    const priority = jobPriority('probe');
    await tx.insert(TranscodeJobEntity, { id: randomUUID(), assetId, kind: 'probe', priority, ...currentTrace() });
  }

  async enqueueRenditions(tx: Transaction, renditions: readonly PlannedRendition[]): Promise<void> {
    const jobs = renditions.map(({ id, assetId, kind, position }) => ({
      id: randomUUID(),
      assetId,
      renditionId: id,
      kind,
      priority: jobPriority(kind, position),
      ...currentTrace(),
    }));
    await tx.insert(TranscodeJobEntity, jobs);
  }

  /**
   * Locks the first available job: queued, or running with an expired lease. Skips jobs that other transactions have locked.
   *
   * @param states `running` includes jobs with an expired lease
   */
  async lockNext(tx: Transaction, states: readonly JobState[]): Promise<TranscodeJob | undefined> {
    const job = await tx
      .createQueryBuilder(TranscodeJobEntity, 'job')
      // Also a literal condition, so that PostgreSQL uses the partial index.
      .where(`job.state IN ('queued', 'running')`)
      .andWhere('job.state IN (:...states)', { states })
      .andWhere(`CASE job.state WHEN 'queued' THEN job.available_at <= now() ELSE job.lease_expires_at <= now() END`)
      .orderBy({ 'job.priority': 'ASC', 'job.createdAt': 'ASC', 'job.id': 'ASC' })
      .limit(1)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
    return job ?? undefined;
  }

  /** @returns the number of the attempt */
  async lease(tx: Transaction, { id, attempt }: TranscodeJob, lease: NewLease): Promise<number> {
    const { leaseToken, workerId, leaseSeconds, outputKey } = lease;
    await tx
      .createQueryBuilder()
      .update(TranscodeJobEntity)
      .set({
        state: 'running',
        attempt: attempt + 1,
        leaseToken,
        leasedBy: workerId,
        leaseExpiresAt: () => 'now() + make_interval(secs => :leaseSeconds)',
        outputKey,
        progress: 0,
      })
      .where({ id })
      .setParameters({ leaseSeconds })
      .execute();
    return attempt + 1;
  }

  /**
   * Extends a lease that no other worker has taken, even if it has expired.
   *
   * @returns the asset ID and the previous progress, or undefined if the lease is lost
   */
  async renewLease(
    tx: Transaction,
    id: string,
    leaseToken: string,
    { progress, leaseSeconds }: { readonly progress: number; readonly leaseSeconds: number },
  ): Promise<{ readonly assetId: string; readonly previousProgress: number } | undefined> {
    const { raw } = await tx
      .createQueryBuilder()
      .update(TranscodeJobEntity)
      .set({ progress, leaseExpiresAt: () => 'now() + make_interval(secs => :leaseSeconds)' })
      .where({ id, leaseToken, state: 'running' })
      .setParameters({ leaseSeconds })
      // A subquery reads the row as it was before the statement.
      .returning(
        'asset_id, (SELECT old.progress FROM transcode_job old WHERE old.id = transcode_job.id) AS previous_progress',
      )
      .execute();
    const [row] = raw as { asset_id: string; previous_progress: number }[];
    return row && { assetId: row.asset_id, previousProgress: row.previous_progress };
  }

  /** Locks the job that is running or has succeeded with this token. @throws CodedError LEASE_LOST */
  async lockByLease(tx: Transaction, id: string, leaseToken: string): Promise<TranscodeJob> {
    const job = await tx.findOne(TranscodeJobEntity, {
      where: { id, leaseToken },
      lock: { mode: 'pessimistic_write' },
    });
    if (!job) throw new CodedError('LEASE_LOST', { jobId: id });
    return job;
  }

  /** Locks the job that is running with this token. @throws CodedError LEASE_LOST */
  async lockRunning(tx: Transaction, id: string, leaseToken: string): Promise<TranscodeJob> {
    const job = await this.lockByLease(tx, id, leaseToken);
    if (job.state !== 'running') throw new CodedError('LEASE_LOST', { jobId: id, state: job.state });
    return job;
  }

  /** Locks the jobs of assets, so that no worker reports a result in the meantime. */
  async lockOfAssets(tx: Transaction, assetIds: readonly string[]): Promise<TranscodeJob[]> {
    return tx.find(TranscodeJobEntity, {
      where: { assetId: In([...assetIds]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async succeed(tx: Transaction, id: string): Promise<void> {
    await tx.update(TranscodeJobEntity, { id }, { state: 'succeeded', progress: 1, leaseExpiresAt: null });
  }

  async fail(tx: Transaction, id: string, failureCode: ErrorCode): Promise<void> {
    await tx.update(TranscodeJobEntity, { id }, { state: 'failed', failureCode, ...NO_LEASE });
  }

  /** Returns the job to its position in the queue. Workers can lease it after `delayMs`. */
  async requeue(tx: Transaction, id: string, attempt: number, delayMs: number): Promise<void> {
    await tx
      .createQueryBuilder()
      .update(TranscodeJobEntity)
      .set({
        state: 'queued',
        attempt,
        progress: 0,
        ...NO_LEASE,
        availableAt: () => 'now() + make_interval(secs => :delaySeconds)',
      })
      .where({ id })
      .setParameters({ delaySeconds: delayMs / 1000 })
      .execute();
  }

  /** Removes an asset's jobs from the queue. Skips a locked one: the transaction that leases it checks the asset. */
  async failQueued(tx: Transaction, assetId: string, failureCode: ErrorCode): Promise<void> {
    const queued = await tx
      .createQueryBuilder(TranscodeJobEntity, 'job')
      .select('job.id')
      .where({ assetId, state: 'queued' })
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getMany();
    await tx.update(TranscodeJobEntity, { id: In(queued.map(({ id }) => id)) }, { state: 'failed', failureCode });
  }

  /** Lowest rung first, audio last. */
  async listLadder(tx: Transaction, assetId: string): Promise<LadderStep[]> {
    return tx
      .createQueryBuilder(TranscodeJobEntity, 'job')
      .innerJoin('job.rendition', 'rendition')
      .select(['rendition.kind AS kind', 'rendition.position AS position', 'job.state AS state'])
      .where('job.assetId = :assetId', { assetId })
      .orderBy('rendition.position')
      .getRawMany<LadderStep>();
  }
}

function currentTrace(): Pick<TranscodeJob, 'traceparent'> {
  return { traceparent: currentSpan() ? traceparent() : null };
}

const NO_LEASE = { leaseToken: null, leasedBy: null, leaseExpiresAt: null, outputKey: null } as const;
