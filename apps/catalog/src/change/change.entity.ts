import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ChangeAction, FieldChange, Resource } from './change.js';

/** A change by an editor. */
@Entity('change')
@Index('change_account', ['accountId'])
@Check('change_action_known', `action IN ('created', 'replaced', 'deleted', 'restored')`)
export class ChangeEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'change_pkey' })
  readonly resource!: Resource;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'change_pkey' })
  readonly revision!: number;

  @Column('text')
  readonly action!: ChangeAction;

  /** Null if the account was deleted. */
  @Column('text', { nullable: true })
  readonly accountId!: string | null;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly changedAt!: Date;

  @Column('jsonb')
  readonly fields!: readonly FieldChange[];
}
