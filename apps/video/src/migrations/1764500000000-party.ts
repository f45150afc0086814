import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Party1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE party_text, party_participant, party');
  }
}

const UP = [
  `CREATE TABLE party (
    id uuid CONSTRAINT party_pkey PRIMARY KEY,
    code_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    title_id uuid NOT NULL,
    video_id uuid NOT NULL,
    minimum_age integer,
    duration_ms bigint NOT NULL,
    host_id uuid NOT NULL,
    is_playing boolean NOT NULL DEFAULT false,
    position_ms bigint NOT NULL DEFAULT 0,
    playback_at timestamptz NOT NULL DEFAULT now(),
    revision integer NOT NULL DEFAULT 1,
    text_count integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE UNIQUE INDEX party_by_code ON party (code_hash)`,
  `CREATE INDEX party_by_account ON party (account_id)`,

  `CREATE TABLE party_participant (
    id uuid CONSTRAINT party_participant_pkey PRIMARY KEY,
    party_id uuid NOT NULL CONSTRAINT party_participant_party REFERENCES party (id) ON DELETE CASCADE,
    account_id uuid NOT NULL,
    profile_id uuid NOT NULL,
    name text NOT NULL,
    joined_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE UNIQUE INDEX party_participant_by_profile ON party_participant (party_id, profile_id)`,
  `CREATE INDEX party_participant_by_account ON party_participant (account_id)`,

  `CREATE TABLE party_text (
    party_id uuid NOT NULL CONSTRAINT party_text_party REFERENCES party (id) ON DELETE CASCADE,
    number integer NOT NULL,
    participant_id uuid NOT NULL CONSTRAINT party_text_participant REFERENCES party_participant (id) ON DELETE CASCADE,
    account_id uuid NOT NULL,
    client_id uuid NOT NULL,
    text text NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT party_text_pkey PRIMARY KEY (party_id, number)
  )`,
  `CREATE UNIQUE INDEX party_text_by_client_id ON party_text (participant_id, client_id)`,
  `CREATE INDEX party_text_by_account ON party_text (account_id)`,
];
