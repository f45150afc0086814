import type { CreditRole } from '@viernes/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A credit that a deleted person had. */
export interface RemovedCredit {
  readonly titleId: string;
  /** The index among the credits of the title. */
  readonly position: number;
  readonly role: CreditRole;
  readonly character?: string | undefined;
  /** Whether another person with the same name had an equal credit in the title, or would have it after a restore. */
  readonly isShared?: boolean;
}

/** A deleted person, with everything that a restore needs. */
@Entity('deleted_person')
@Index('deleted_person_latest', ['deletedAt', 'id'])
export class DeletedPersonEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'deleted_person_pkey' })
  readonly id!: string;

  @Column('text')
  readonly name!: string;

  @Column('text')
  readonly slug!: string;

  /** Revision of the deletion. */
  @Column('integer')
  readonly revision!: number;

  @Column('jsonb')
  readonly credits!: readonly RemovedCredit[];

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly deletedAt!: Date;
}
