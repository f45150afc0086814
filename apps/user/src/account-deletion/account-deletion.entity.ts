import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeletingService } from './account-deletion.js';

/** The progress of a deletion. Contains only IDs, and outlives the account. */
@Entity('account_deletion')
export class AccountDeletionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_deletion_pkey' })
  readonly accountId!: string;

  /** The services that have not responded yet. */
  @Column('text', { array: true })
  readonly waitingFor!: DeletingService[];

  /** The sessions and API key secrets that the request has ended. A repeated request returns them again. */
  @Column('uuid', { array: true })
  readonly endedSessionIds!: string[];

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly requestedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly lastRequestedAt!: Date;

  /** When the account was deleted. Null while a service has not responded. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly finishedAt!: Date | null;
}
