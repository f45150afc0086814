import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Transactions, type Transaction } from '@viernes/database';
import { ObjectStore } from '@viernes/storage';
import { inTurn } from '../background/in-turn.js';
import { Sweeps } from '../background/sweeps.js';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import { DiscardedObjectEntity } from './discarded-object.entity.js';

const BATCH = 100;

/** Remembers and deletes what attempts that came to nothing have stored. */
@Injectable()
export class DiscardedObjects implements OnModuleInit {
  constructor(
    private readonly sweeps: Sweeps,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('discarded objects', () => this.run());
  }

  /** Not deleted at once: a worker that lost its lease may not know yet, and its address is still good. */
  async add(tx: Transaction, objectKey: string | null): Promise<void> {
    if (objectKey === null) return;
    await tx.query(
      `INSERT INTO discarded_objects (object_key, delete_after) VALUES ($1, now() + make_interval(secs => $2))
       ON CONFLICT DO NOTHING`,
      [objectKey, this.config.JOB_URL_TTL_SECONDS],
    );
  }

  private async run(): Promise<void> {
    const due = await this.transactions.run((tx) =>
      tx
        .createQueryBuilder(DiscardedObjectEntity, 'object')
        .where('object.delete_after <= now()')
        .orderBy('object.deleteAfter')
        .limit(BATCH)
        .getMany(),
    );
    await inTurn(due, async ({ objectKey }) => {
      await this.objects.delete(objectKey);
      await this.transactions.run((tx) => tx.delete(DiscardedObjectEntity, { objectKey }));
    });
  }
}
