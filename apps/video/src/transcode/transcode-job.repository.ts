import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ErrorCode } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { TranscodeJobEntity } from './transcode-job.entity.js';
import { jobPriority, type LadderStep } from './transcode-job.js';

/** A job that nobody works on, its row locked. */
export type Candidate = Pick<
  TranscodeJobEntity,
  'id' | 'assetId' | 'renditionId' | 'kind' | 'state' | 'attempt' | 'outputKey'
>;

export interface NewLease {
  readonly leaseToken: string;
  readonly workerId: string;
  readonly leaseSeconds: number;
  /** Null in a probe. */
  readonly outputKey: string | null;
}

/** Every change of a running job asks for its lease token in the `where`: of two workers one wins, and learns it. */
@Injectable()
export class TranscodeJobRepository {
  async enqueueProbe(tx: Transaction, assetId: string): Promise<void> {
    await tx.insert(TranscodeJobEntity, { id: randomUUID(), assetId, kind: 'probe', priority: jobPriority('probe') });
  }

  async enqueueRenditions(
    tx: Transaction,
    renditions: readonly (Omit<LadderStep, 'state'> & { readonly id: string; readonly assetId: string })[],
  ): Promise<void> {
    const jobs = renditions.map(({ id, assetId, kind, position }) => ({
      id: randomUUID(),
      assetId,
      renditionId: id,
      kind,
      priority: jobPriority(kind, position),
    }));
    await tx.insert(TranscodeJobEntity, jobs);
  }

  /** The first job in the queue: waiting, or running under a lease that ran out. Others' candidates are passed over. */
  async lockNext(tx: Transaction): Promise<Candidate | undefined> {
    const job = await tx
      .createQueryBuilder(TranscodeJobEntity, 'job')
      .where(`job.state IN ('queued', 'running')`)
      .andWhere(`CASE job.state WHEN 'queued' THEN job.available_at <= now() ELSE job.lease_expires_at <= now() END`)
      .orderBy({ 'job.priority': 'ASC', 'job.createdAt': 'ASC', 'job.id': 'ASC' })
      .limit(1)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
    return job ?? undefined;
  }

  /** By the database's clock: workers' and replicas' clocks drift. @returns the number of the attempt */
  async lease(tx: Transaction, { id, attempt }: Candidate, lease: NewLease): Promise<number> {
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
   * Extends a lease that is still held. One that ran out but that nobody took is held.
   * @returns the asset, or undefined when the lease was lost
   */
  async renew(
    tx: Transaction,
    id: string,
    leaseToken: string,
    { progress, leaseSeconds }: { readonly progress: number; readonly leaseSeconds: number },
  ): Promise<string | undefined> {
    const { raw } = await tx
      .createQueryBuilder()
      .update(TranscodeJobEntity)
      .set({ progress, leaseExpiresAt: () => 'now() + make_interval(secs => :leaseSeconds)' })
      .where({ id, leaseToken, state: 'running' })
      .setParameters({ leaseSeconds })
      .returning('asset_id')
      .execute();
    return (raw as { asset_id: string }[])[0]?.asset_id;
  }

  /** The job of this lease token, held or finished under it. Locked: it stays so until the end of the transaction. */
  async lockByLease(tx: Transaction, id: string, leaseToken: string): Promise<TranscodeJobEntity | undefined> {
    const job = await tx.findOne(TranscodeJobEntity, {
      where: { id, leaseToken },
      lock: { mode: 'pessimistic_write' },
    });
    return job ?? undefined;
  }

  async succeed(tx: Transaction, id: string): Promise<void> {
    await tx.update(TranscodeJobEntity, { id }, { state: 'succeeded', progress: 1, leaseExpiresAt: null });
  }

  async fail(tx: Transaction, id: string, failureCode: ErrorCode): Promise<void> {
    await tx.update(TranscodeJobEntity, { id }, { state: 'failed', failureCode, ...NO_LEASE });
  }

  /** Back into the queue, from `delayMs` on. */
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

  /** Takes an asset's waiting jobs out of the queue. One that is being leased right now sees the failed asset itself. */
  async failQueued(tx: Transaction, assetId: string, failureCode: ErrorCode): Promise<void> {
    await tx.query(
      `UPDATE transcode_jobs SET state = 'failed', failure_code = $2
        WHERE id IN (SELECT id FROM transcode_jobs WHERE asset_id = $1 AND state = 'queued' FOR UPDATE SKIP LOCKED)`,
      [assetId, failureCode],
    );
  }

  async ladder(tx: Transaction, assetId: string): Promise<LadderStep[]> {
    return tx.query<LadderStep[]>(
      `SELECT rendition.kind, rendition.position, job.state
         FROM renditions rendition JOIN transcode_jobs job ON job.rendition_id = rendition.id
        WHERE rendition.asset_id = $1 ORDER BY rendition.position`,
      [assetId],
    );
  }
}

const NO_LEASE = { leaseToken: null, leasedBy: null, leaseExpiresAt: null, outputKey: null } as const;
