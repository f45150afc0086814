import type { JWK } from 'jose';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Readers of this table can sign access tokens, so only the database role of this service has access to it. */
@Entity('signing_key')
export class SigningKeyEntity {
  /** Thumbprint of the public key (RFC 7638). */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'signing_key_pkey' })
  readonly kid!: string;

  @Column('jsonb')
  readonly publicJwk!: JWK;

  @Column('jsonb')
  readonly privateJwk!: JWK;

  /** The time from which it signs. It is published earlier. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly activeFrom!: Date;
}
