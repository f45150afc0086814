import type { CreditRole } from '@viernes/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('credit')
@Check('credit_role_known', `role IN ('director', 'actor', 'writer', 'producer', 'composer')`)
@Index('credit_person', ['personId', 'titleId'])
export class CreditEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'credit_pkey' })
  readonly titleId!: string;

  /** The order of the credits of a title. */
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'credit_pkey' })
  readonly position!: number;

  @Column('uuid')
  readonly personId!: string;

  @Column('text')
  readonly role!: CreditRole;

  @Column('text', { nullable: true })
  readonly character!: string | null;
}
