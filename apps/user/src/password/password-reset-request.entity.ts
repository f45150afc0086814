import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A request to reset the password of an email, which possibly has no account. */
@Entity('password_reset_request')
export class PasswordResetRequestEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'password_reset_request_pkey',
  })
  readonly id!: string;

  @Column('text')
  readonly email!: string;
}
