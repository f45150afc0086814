import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Accounts, profiles, sessions, keys, and where each profile stopped. Expand-only: a later migration adds, and takes away
 * only what no running version reads.
 */
export class Accounts1763700000000 implements MigrationInterface {
  readonly name = 'Accounts1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account (
        id uuid constraint account_pkey primary key,
        email text not null constraint account_email_unique unique,
        password_hash text not null,
        role text not null constraint account_role_known check (role in ('viewer', 'editor')),
        created_at timestamptz(3) not null default now()
      )`);
    await runner.query(`
      create table profile (
        id uuid constraint profile_pkey primary key,
        account_id uuid not null constraint profile_account_fkey references account (id) on delete cascade,
        name text not null,
        created_at timestamptz(3) not null default now()
      )`);
    await runner.query(`create index profile_account on profile (account_id)`);
    await runner.query(`
      create table session (
        id uuid constraint session_pkey primary key,
        account_id uuid not null constraint session_account_fkey references account (id) on delete cascade,
        created_at timestamptz(3) not null default now(),
        ends_at timestamptz(3) not null
      )`);
    await runner.query(`create index session_account on session (account_id)`);
    await runner.query(`create index session_ends on session (ends_at)`);
    await runner.query(`
      create table refresh_token (
        hash bytea constraint refresh_token_pkey primary key,
        session_id uuid not null constraint refresh_token_session_fkey references session (id) on delete cascade,
        used_at timestamptz(3)
      )`);
    await runner.query(`create index refresh_token_session on refresh_token (session_id)`);
    await runner.query(`create index refresh_token_used on refresh_token (used_at)`);
    await runner.query(`
      create table signing_key (
        kid text constraint signing_key_pkey primary key,
        public_jwk jsonb not null,
        private_jwk jsonb not null,
        created_at timestamptz(3) not null default now()
      )`);
    await runner.query(`
      create table progress (
        profile_id uuid not null constraint progress_profile_fkey references profile (id) on delete cascade,
        title_id uuid not null,
        asset_id text not null,
        position_ms bigint not null,
        duration_ms bigint not null,
        is_finished boolean not null,
        occurred_at timestamptz(3) not null,
        constraint progress_pkey primary key (profile_id, title_id)
      )`);
    await runner.query(`create index progress_latest on progress (profile_id, occurred_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table progress, signing_key, refresh_token, session, profile, account`);
  }
}
