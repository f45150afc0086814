import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateVideoTables1763650000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE uploads (
    id uuid NOT NULL,
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
    swept_at timestamptz,
    CONSTRAINT uploads_pkey PRIMARY KEY (id),
    CONSTRAINT uploads_state_known CHECK (state IN ('open', 'completed', 'aborted', 'expired', 'rejected'))
  )`,
  `CREATE INDEX uploads_open_by_account ON uploads (account_id) WHERE state = 'open'`,
  `CREATE INDEX uploads_to_sweep ON uploads (expires_at) WHERE state <> 'completed' AND swept_at IS NULL`,

  `CREATE TABLE assets (
    id uuid NOT NULL,
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
    CONSTRAINT assets_pkey PRIMARY KEY (id),
    CONSTRAINT assets_state_known CHECK (state IN ('uploaded', 'processing', 'playable', 'ready', 'failed'))
  )`,
  `CREATE INDEX assets_published_by_title ON assets (title_id, published_at) WHERE published_at IS NOT NULL`,

  `CREATE TABLE renditions (
    id uuid NOT NULL,
    asset_id uuid NOT NULL,
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
    CONSTRAINT renditions_pkey PRIMARY KEY (id),
    CONSTRAINT renditions_asset FOREIGN KEY (asset_id) REFERENCES assets (id) ON DELETE CASCADE,
    CONSTRAINT renditions_kind_known CHECK (kind IN ('video', 'audio'))
  )`,
  `CREATE UNIQUE INDEX renditions_by_asset ON renditions (asset_id, position)`,

  `CREATE TABLE transcode_jobs (
    id uuid NOT NULL,
    asset_id uuid NOT NULL,
    rendition_id uuid,
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
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT transcode_jobs_pkey PRIMARY KEY (id),
    CONSTRAINT transcode_jobs_asset FOREIGN KEY (asset_id) REFERENCES assets (id) ON DELETE CASCADE,
    CONSTRAINT transcode_jobs_rendition FOREIGN KEY (rendition_id) REFERENCES renditions (id) ON DELETE CASCADE,
    CONSTRAINT transcode_jobs_kind_known CHECK (kind IN ('probe', 'video', 'audio')),
    CONSTRAINT transcode_jobs_state_known CHECK (state IN ('queued', 'running', 'succeeded', 'failed'))
  )`,
  `CREATE INDEX transcode_jobs_queue ON transcode_jobs (priority, created_at, id) WHERE state IN ('queued', 'running')`,
  `CREATE INDEX transcode_jobs_by_asset ON transcode_jobs (asset_id)`,
  `CREATE UNIQUE INDEX transcode_jobs_by_rendition ON transcode_jobs (rendition_id)`,

  `CREATE TABLE discarded_objects (
    object_key text NOT NULL,
    delete_after timestamptz NOT NULL,
    CONSTRAINT discarded_objects_pkey PRIMARY KEY (object_key)
  )`,
  `CREATE INDEX discarded_objects_due ON discarded_objects (delete_after)`,

  `CREATE TABLE playback_sessions (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    profile_id uuid NOT NULL,
    title_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    duration_ms bigint NOT NULL,
    token_hash bytea NOT NULL,
    position_ms bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT playback_sessions_pkey PRIMARY KEY (id)
  )`,
  `CREATE INDEX playback_sessions_live_by_account ON playback_sessions (account_id, expires_at) WHERE ended_at IS NULL`,
  `CREATE INDEX playback_sessions_by_expiry ON playback_sessions (expires_at)`,
];

const DOWN = [
  'DROP TABLE playback_sessions',
  'DROP TABLE discarded_objects',
  'DROP TABLE transcode_jobs',
  'DROP TABLE renditions',
  'DROP TABLE assets',
  'DROP TABLE uploads',
];
