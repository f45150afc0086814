export interface PlaybackSession {
  readonly id: string;
  readonly accountId: string;
  readonly profileId: string;
  readonly titleId: string;
  readonly assetId: string;
  readonly durationMs: number;
  /** SHA-256 of the token. */
  readonly tokenHash: Buffer;
  /** Null before the first heartbeat. */
  readonly positionMs: number | null;
}
