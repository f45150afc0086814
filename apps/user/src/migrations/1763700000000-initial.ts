import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates all tables of the service, except those of messaging and idempotency. */
export class Initial1763700000000 implements MigrationInterface {
  readonly name = 'Initial1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE account (
        id uuid CONSTRAINT account_pkey PRIMARY KEY,
        email text COLLATE "C" NOT NULL CONSTRAINT account_email_unique UNIQUE,
        email_verified_at timestamptz(3),
        language text NOT NULL,
        password_hash text,
        role text NOT NULL CONSTRAINT account_role_known CHECK (role IN ('viewer', 'editor', 'admin')),
        plan text NOT NULL DEFAULT 'account',
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        deletion_requested_at timestamptz(3)
      )`);
    await runner.query(`
      CREATE TABLE account_deletion (
        account_id uuid CONSTRAINT account_deletion_pkey PRIMARY KEY,
        waiting_for text[] NOT NULL,
        ended_session_ids uuid[] NOT NULL,
        requested_at timestamptz(3) NOT NULL DEFAULT now(),
        last_requested_at timestamptz(3) NOT NULL DEFAULT now(),
        finished_at timestamptz(3)
      )`);
    await runner.query(`
      CREATE TABLE mail (
        id uuid CONSTRAINT mail_pkey PRIMARY KEY,
        account_id uuid NOT NULL,
        recipient text NOT NULL,
        subject text NOT NULL,
        text text NOT NULL,
        html text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz(3) NOT NULL DEFAULT now(),
        created_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX mail_next_attempt ON mail (next_attempt_at)`);
    await runner.query(`
      CREATE TABLE mail_link (
        hash bytea CONSTRAINT mail_link_pkey PRIMARY KEY,
        account_id uuid NOT NULL CONSTRAINT mail_link_account_fkey REFERENCES account (id) ON DELETE CASCADE,
        purpose text NOT NULL
          CONSTRAINT mail_link_purpose_known CHECK (purpose IN ('emailVerification', 'passwordReset')),
        email text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz(3) NOT NULL
      )`);
    await runner.query(`CREATE INDEX mail_link_account ON mail_link (account_id, purpose)`);
    await runner.query(`CREATE INDEX mail_link_expiry ON mail_link (expires_at)`);
    await runner.query(`
      CREATE TABLE mail_request (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT mail_request_pkey PRIMARY KEY,
        kind text NOT NULL CONSTRAINT mail_request_kind_known CHECK (kind IN ('passwordReset', 'accountLock')),
        email text NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE passkey (
        id uuid CONSTRAINT passkey_pkey PRIMARY KEY,
        account_id uuid NOT NULL CONSTRAINT passkey_account_fkey REFERENCES account (id) ON DELETE CASCADE,
        credential_id bytea NOT NULL CONSTRAINT passkey_credential_unique UNIQUE,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        transports text[] NOT NULL,
        is_backed_up boolean NOT NULL,
        name text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        last_used_at timestamptz(3)
      )`);
    await runner.query(`CREATE INDEX passkey_account ON passkey (account_id)`);
    await runner.query(`
      CREATE TABLE passkey_challenge (
        hash bytea CONSTRAINT passkey_challenge_pkey PRIMARY KEY,
        account_id uuid CONSTRAINT passkey_challenge_account_fkey REFERENCES account (id) ON DELETE CASCADE,
        expires_at timestamptz(3) NOT NULL
      )`);
    await runner.query(`CREATE INDEX passkey_challenge_account ON passkey_challenge (account_id)`);
    await runner.query(`CREATE INDEX passkey_challenge_expiry ON passkey_challenge (expires_at)`);
    await runner.query(`
      CREATE TABLE identity (
        id uuid CONSTRAINT identity_pkey PRIMARY KEY,
        account_id uuid NOT NULL CONSTRAINT identity_account_fkey REFERENCES account (id) ON DELETE CASCADE,
        issuer text NOT NULL,
        subject text NOT NULL,
        email text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        last_used_at timestamptz(3),
        CONSTRAINT identity_subject_unique UNIQUE (issuer, subject),
        CONSTRAINT identity_account_issuer_unique UNIQUE (account_id, issuer)
      )`);
    await runner.query(`
      CREATE TABLE provider_authorization (
        state_hash bytea CONSTRAINT provider_authorization_pkey PRIMARY KEY,
        browser_hash bytea NOT NULL,
        provider_id text NOT NULL,
        account_id uuid CONSTRAINT provider_authorization_account_fkey REFERENCES account (id) ON DELETE CASCADE,
        expires_at timestamptz(3) NOT NULL
      )`);
    await runner.query(`CREATE INDEX provider_authorization_account ON provider_authorization (account_id)`);
    await runner.query(`CREATE INDEX provider_authorization_expiry ON provider_authorization (expires_at)`);
    await runner.query(`
      CREATE TABLE password_failure (
        email_hash bytea CONSTRAINT password_failure_pkey PRIMARY KEY,
        count integer NOT NULL,
        locked_until timestamptz(3),
        failed_at timestamptz(3) NOT NULL
      )`);
    await runner.query(`CREATE INDEX password_failure_failed_at ON password_failure (failed_at)`);
    await runner.query(`
      CREATE TABLE initial_account (
        email_hash bytea CONSTRAINT initial_account_pkey PRIMARY KEY,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE profile (
        id uuid CONSTRAINT profile_pkey PRIMARY KEY,
        account_id uuid NOT NULL CONSTRAINT profile_account_fkey REFERENCES account (id) ON DELETE CASCADE,
        name text NOT NULL,
        avatar text NOT NULL DEFAULT 'star',
        language text NOT NULL DEFAULT 'en',
        is_kids boolean NOT NULL DEFAULT false,
        maximum_age smallint,
        pin_hash text,
        pin_attempts smallint NOT NULL DEFAULT 0,
        pin_attempted_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT profile_kids_limited CHECK (NOT is_kids OR coalesce(maximum_age, 99) <= 8)
      )`);
    // The root collation of Unicode. With that of the database, lower() can leave letters outside of ASCII unchanged.
    await runner.query(
      `CREATE UNIQUE INDEX profile_name_unique ON profile (account_id, lower(name COLLATE "und-x-icu"))`,
    );
    await runner.query(`
      CREATE TABLE session (
        id uuid CONSTRAINT session_pkey PRIMARY KEY,
        account_id uuid NOT NULL CONSTRAINT session_account_fkey REFERENCES account (id) ON DELETE CASCADE,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        last_used_at timestamptz(3) NOT NULL DEFAULT now(),
        address text,
        user_agent text,
        expires_at timestamptz(3) NOT NULL
      )`);
    await runner.query(`CREATE INDEX session_account ON session (account_id)`);
    await runner.query(`CREATE INDEX session_expiry ON session (expires_at)`);
    await runner.query(`
      CREATE TABLE selected_profile (
        session_id uuid CONSTRAINT selected_profile_pkey PRIMARY KEY
          CONSTRAINT selected_profile_session_fkey REFERENCES session (id) ON DELETE CASCADE,
        profile_id uuid NOT NULL CONSTRAINT selected_profile_profile_fkey REFERENCES profile (id) ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX selected_profile_profile ON selected_profile (profile_id)`);
    await runner.query(`
      CREATE TABLE refresh_token (
        hash bytea CONSTRAINT refresh_token_pkey PRIMARY KEY,
        session_id uuid NOT NULL CONSTRAINT refresh_token_session_fkey REFERENCES session (id) ON DELETE CASCADE,
        used_at timestamptz(3)
      )`);
    await runner.query(`CREATE INDEX refresh_token_session ON refresh_token (session_id)`);
    await runner.query(`CREATE INDEX refresh_token_used ON refresh_token (used_at)`);
    await runner.query(`
      CREATE TABLE api_key (
        id uuid CONSTRAINT api_key_pkey PRIMARY KEY,
        account_id uuid NOT NULL CONSTRAINT api_key_account_fkey REFERENCES account (id) ON DELETE CASCADE,
        profile_id uuid CONSTRAINT api_key_profile_fkey REFERENCES profile (id) ON DELETE SET NULL,
        name text NOT NULL,
        prefix text NOT NULL,
        scopes text[] NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        last_used_at timestamptz(3),
        revoked_at timestamptz(3)
      )`);
    await runner.query(`CREATE INDEX api_key_account ON api_key (account_id)`);
    await runner.query(`CREATE INDEX api_key_profile ON api_key (profile_id)`);
    await runner.query(`CREATE INDEX api_key_revoked_at ON api_key (revoked_at) WHERE revoked_at IS NOT NULL`);
    await runner.query(`
      CREATE TABLE api_key_secret (
        id uuid CONSTRAINT api_key_secret_pkey PRIMARY KEY,
        api_key_id uuid NOT NULL CONSTRAINT api_key_secret_api_key_fkey REFERENCES api_key (id) ON DELETE CASCADE,
        hash bytea NOT NULL CONSTRAINT api_key_secret_hash_unique UNIQUE,
        expires_at timestamptz(3) NOT NULL
      )`);
    await runner.query(`CREATE INDEX api_key_secret_api_key ON api_key_secret (api_key_id)`);
    await runner.query(`
      CREATE TABLE security_event (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT security_event_pkey PRIMARY KEY,
        account_id uuid CONSTRAINT security_event_account_fkey REFERENCES account (id) ON DELETE CASCADE,
        kind text NOT NULL CONSTRAINT security_event_kind_known CHECK (kind IN
          ('accountCreated', 'signedIn', 'passwordRejected', 'accountLocked', 'signedOut', 'sessionEnded',
           'sessionsEnded', 'refreshTokenReused', 'passwordChanged', 'passwordReset', 'emailChangeRequested',
           'emailVerified', 'roleChanged', 'passkeyAdded', 'passkeyRemoved', 'signedInWithPasskey', 'passkeyRejected',
           'pinSet', 'pinRemoved', 'profileLimitChanged', 'apiKeyCreated', 'apiKeyRotated', 'apiKeyRevoked',
           'planChanged', 'dataExported', 'profileCreated', 'profileDeleted', 'identityLinked', 'identityRemoved', 'signedInWithIdentity')),
        actor_id uuid,
        session_id uuid,
        address text,
        user_agent text,
        occurred_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX security_event_account ON security_event (account_id, id)`);
    await runner.query(`CREATE INDEX security_event_occurred_at ON security_event (occurred_at)`);
    await runner.query(`CREATE INDEX security_event_actor ON security_event (actor_id) WHERE actor_id IS NOT NULL`);
    await runner.query(
      `CREATE INDEX security_event_without_account ON security_event (occurred_at) WHERE account_id IS NULL`,
    );
    await runner.query(`
      CREATE TABLE signing_key (
        kid text CONSTRAINT signing_key_pkey PRIMARY KEY,
        public_jwk jsonb NOT NULL,
        private_jwk jsonb NOT NULL,
        active_from timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE my_list_entry (
        profile_id uuid NOT NULL CONSTRAINT my_list_entry_profile_fkey REFERENCES profile (id) ON DELETE CASCADE,
        title_id uuid NOT NULL,
        added_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT my_list_entry_pkey PRIMARY KEY (profile_id, title_id)
      )`);
    await runner.query(`CREATE INDEX my_list_entry_latest ON my_list_entry (profile_id, added_at, title_id)`);
    await runner.query(`
      CREATE TABLE rating (
        profile_id uuid NOT NULL CONSTRAINT rating_profile_fkey REFERENCES profile (id) ON DELETE CASCADE,
        title_id uuid NOT NULL,
        thumb text NOT NULL CONSTRAINT rating_thumb_known CHECK (thumb IN ('up', 'down')),
        rated_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT rating_pkey PRIMARY KEY (profile_id, title_id)
      )`);
    await runner.query(`
      CREATE TABLE progress (
        profile_id uuid NOT NULL CONSTRAINT progress_profile_fkey REFERENCES profile (id) ON DELETE CASCADE,
        title_id uuid NOT NULL,
        asset_id text NOT NULL,
        position_ms bigint NOT NULL,
        duration_ms bigint NOT NULL,
        is_finished boolean NOT NULL,
        occurred_at timestamptz(3) NOT NULL,
        CONSTRAINT progress_pkey PRIMARY KEY (profile_id, title_id)
      )`);
    await runner.query(`CREATE INDEX progress_latest ON progress (profile_id, occurred_at)`);
    await runner.query(`
      CREATE TABLE history_removal (
        id uuid CONSTRAINT history_removal_pkey PRIMARY KEY,
        profile_id uuid NOT NULL CONSTRAINT history_removal_profile_fkey REFERENCES profile (id) ON DELETE CASCADE,
        title_ids uuid[],
        removed_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX history_removal_profile ON history_removal (profile_id, removed_at)`);
    await runner.query(`CREATE INDEX history_removal_removed_at ON history_removal (removed_at)`);
    await runner.query(`
      CREATE TABLE usage_hour (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT usage_hour_pkey PRIMARY KEY,
        hour_at timestamptz(3) NOT NULL,
        account_id uuid CONSTRAINT usage_hour_account_fkey REFERENCES account (id) ON DELETE CASCADE,
        api_key_id uuid,
        operation text NOT NULL,
        status smallint NOT NULL,
        calls bigint NOT NULL,
        response_bytes bigint NOT NULL,
        durations jsonb NOT NULL,
        CONSTRAINT usage_hour_unique UNIQUE NULLS NOT DISTINCT (hour_at, account_id, api_key_id, operation, status)
      )`);
    await runner.query(`CREATE INDEX usage_hour_account ON usage_hour (account_id, hour_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE usage_hour, history_removal, progress, rating, my_list_entry, signing_key, security_event, api_key_secret, api_key, refresh_token,
       selected_profile, session, profile, password_failure, provider_authorization, identity, passkey_challenge, passkey, mail_request,
       mail_link, mail, account_deletion, initial_account, account`,
    );
  }
}
