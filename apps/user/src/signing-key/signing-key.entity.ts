import type { JWK } from 'jose';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who can read this table can sign as us: it belongs to this service's database role alone. */
@Entity('signing_key')
export class SigningKeyEntity {
  /** The thumbprint of the public half (RFC 7638). */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'signing_key_pkey' })
  readonly kid!: string;

  @Column('jsonb')
  readonly publicJwk!: JWK;

  @Column('jsonb')
  readonly privateJwk!: JWK;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;
}
