import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Initial1763700000000 implements MigrationInterface {
  readonly name = 'Initial1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE party_text, party_participant, party, playback_session, discarded_object, transcode_job, rendition, asset, upload`,
    );
  }
}

const UP = [
  `CREATE TABLE upload (
    id uuid CONSTRAINT upload_pkey PRIMARY KEY,
    account_id uuid NOT NULL,
    title_id uuid NOT NULL,
    file_name text NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 text NOT NULL,
    state text NOT NULL,
    rejection_code text,
    object_key text NOT NULL,
    multipart_id text,
    part_size_bytes bigint NOT NULL,
    part_count integer NOT NULL,
    asset_id uuid,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    bytes_deleted_at timestamptz,
    CONSTRAINT upload_state_known CHECK (state IN ('open', 'completed', 'aborted', 'expired', 'rejected'))
  )`,
  `CREATE INDEX upload_by_account ON upload (account_id)`,
  `CREATE INDEX upload_by_title ON upload (title_id, account_id)`,
  `CREATE INDEX upload_to_clean_up ON upload (expires_at) WHERE state <> 'completed' AND bytes_deleted_at IS NULL`,

  `CREATE TABLE asset (
    id uuid CONSTRAINT asset_pkey PRIMARY KEY,
    title_id uuid NOT NULL,
    state text NOT NULL,
    file_name text NOT NULL,
    size_bytes bigint NOT NULL,
    object_key text NOT NULL,
    demuxer text,
    duration_ms bigint,
    failure_code text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz,
    CONSTRAINT asset_state_known CHECK (state IN ('uploaded', 'processing', 'playable', 'ready', 'failed'))
  )`,
  `CREATE INDEX asset_published_by_title ON asset (title_id, published_at) WHERE published_at IS NOT NULL`,

  `CREATE TABLE rendition (
    id uuid CONSTRAINT rendition_pkey PRIMARY KEY,
    asset_id uuid NOT NULL CONSTRAINT rendition_asset REFERENCES asset (id) ON DELETE CASCADE,
    kind text NOT NULL,
    position integer NOT NULL,
    name text NOT NULL,
    width integer,
    height integer,
    bitrate_bps integer NOT NULL,
    frame_rate_numerator integer,
    frame_rate_denominator integer,
    level integer,
    channels integer,
    codecs text NOT NULL,
    object_key text,
    size_bytes bigint,
    init_segment jsonb,
    segments jsonb,
    peak_bandwidth_bps integer,
    average_bandwidth_bps integer,
    CONSTRAINT rendition_kind_known CHECK (kind IN ('video', 'audio'))
  )`,
  `CREATE UNIQUE INDEX rendition_by_asset ON rendition (asset_id, position)`,

  `CREATE TABLE transcode_job (
    id uuid CONSTRAINT transcode_job_pkey PRIMARY KEY,
    asset_id uuid NOT NULL CONSTRAINT transcode_job_asset REFERENCES asset (id) ON DELETE CASCADE,
    rendition_id uuid CONSTRAINT transcode_job_rendition REFERENCES rendition (id) ON DELETE CASCADE,
    kind text NOT NULL,
    priority integer NOT NULL,
    state text NOT NULL DEFAULT 'queued',
    attempt integer NOT NULL DEFAULT 0,
    available_at timestamptz NOT NULL DEFAULT now(),
    lease_token uuid,
    leased_by text,
    lease_expires_at timestamptz,
    output_key text,
    progress real NOT NULL DEFAULT 0,
    failure_code text,
    traceparent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT transcode_job_kind_known CHECK (kind IN ('probe', 'video', 'audio')),
    CONSTRAINT transcode_job_state_known CHECK (state IN ('queued', 'running', 'succeeded', 'failed'))
  )`,
  `CREATE INDEX transcode_job_queue ON transcode_job (priority, created_at, id) WHERE state IN ('queued', 'running')`,
  `CREATE INDEX transcode_job_by_asset ON transcode_job (asset_id)`,
  `CREATE UNIQUE INDEX transcode_job_by_rendition ON transcode_job (rendition_id)`,

  `CREATE TABLE discarded_object (
    object_key text CONSTRAINT discarded_object_pkey PRIMARY KEY,
    delete_after timestamptz NOT NULL
  )`,
  `CREATE INDEX discarded_object_due ON discarded_object (delete_after)`,

  `CREATE TABLE playback_session (
    id uuid CONSTRAINT playback_session_pkey PRIMARY KEY,
    account_id uuid NOT NULL,
    profile_id uuid NOT NULL,
    title_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    duration_ms bigint NOT NULL,
    token_hash bytea NOT NULL,
    position_ms bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
  )`,
  `CREATE INDEX playback_session_by_account ON playback_session (account_id, expires_at)`,
  `CREATE INDEX playback_session_by_expiry ON playback_session (expires_at)`,

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
