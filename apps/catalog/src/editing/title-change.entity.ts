import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { FieldChange, TitleAction } from './title-change.js';

/** What an editor changed, when, and who it was. */
@Entity('title_change')
@Check('title_change_action_known', `action IN ('created', 'replaced', 'deleted', 'restored')`)
export class TitleChangeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'title_change_pkey' })
  readonly titleId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'title_change_pkey' })
  readonly revision!: number;

  @Column('text')
  readonly action!: TitleAction;

  @Column('text')
  readonly accountId!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly changedAt!: Date;

  @Column('jsonb')
  readonly fields!: readonly FieldChange[];
}
