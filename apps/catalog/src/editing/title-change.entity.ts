import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { FieldChange, TitleAction } from './title-change.js';

/** What an editor changed, when, and who it was. */
@Entity('title_change')
@Index('title_change_account', ['accountId'])
@Check('title_change_action_known', `action IN ('created', 'replaced', 'deleted', 'restored')`)
export class TitleChangeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'title_change_pkey' })
  readonly titleId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'title_change_pkey' })
  readonly revision!: number;

  @Column('text')
  readonly action!: TitleAction;

  /** Null if the account was deleted. */
  @Column('text', { nullable: true })
  readonly accountId!: string | null;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly changedAt!: Date;

  @Column('jsonb')
  readonly fields!: readonly FieldChange[];
}
