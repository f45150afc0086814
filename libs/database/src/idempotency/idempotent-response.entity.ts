import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The response to a request with an idempotency key. Neither can be derived from the row without the key. */
@Entity('idempotent_response')
@Index('idempotent_response_created_at', ['createdAt'])
export class IdempotentResponseEntity {
  /** Derived from the key. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'idempotent_response_pkey' })
  readonly id!: Buffer;

  /** Detects that a key is used for another request. */
  @Column('bytea')
  readonly fingerprint!: Buffer;

  /** Encrypted. Null while the request is in progress, if one of its steps is committed. */
  @Column('bytea', { nullable: true })
  readonly response!: Buffer | null;

  @Column('timestamptz', { default: () => 'now()' })
  readonly createdAt!: Date;
}
