import { bigintAsNumber } from '@viernes/database';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AccountEntity } from '../account/account.entity.js';
import type { Transport } from './passkey.js';

@Entity('passkey')
@Unique('passkey_credential_unique', ['credentialId'])
@Index('passkey_account', ['accountId'])
export class PasskeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'passkey_pkey' })
  readonly id!: string;

  @ForeignKey(() => AccountEntity, { name: 'passkey_account_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly accountId!: string;

  /** Chosen by the authenticator. */
  @Column('bytea')
  readonly credentialId!: Buffer;

  /** A COSE key (RFC 9052). */
  @Column('bytea')
  readonly publicKey!: Buffer;

  /** The number of signatures. Always 0 for passkeys that are synchronized between devices. */
  @Column('bigint', { transformer: bigintAsNumber })
  readonly counter!: number;

  /** How browsers can reach the authenticator. */
  @Column('text', { array: true })
  readonly transports!: Transport[];

  /** Whether it is synchronized between devices. */
  @Column('boolean')
  readonly isBackedUp!: boolean;

  @Column('text')
  readonly name!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;

  /** The latest sign-in. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly lastUsedAt!: Date | null;
}
