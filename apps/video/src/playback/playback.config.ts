import { z } from 'zod';

export const playbackEnv = {
  /** Maximum number of concurrent streams per account. */
  MAX_CONCURRENT_STREAMS: z.coerce.number().int().min(1).default(4),
  /** Lifetime of a playback session without a heartbeat. */
  SESSION_TTL_SECONDS: z.coerce.number().int().min(2).max(3_600).default(60),
  /**
   * Interval at which players send heartbeats. The service returns it to them. A killed process loses at most this much
   * progress plus 1 s.
   */
  PLAYBACK_HEARTBEAT_SECONDS: z.coerce.number().int().min(1).default(9),
  /** Lifetime of the URL in a media playlist. Must be longer than a film with its pauses. */
  MEDIA_URL_TTL_SECONDS: z.coerce.number().int().min(60).max(604_800).default(21_600),
};

export type PlaybackConfig = Readonly<z.infer<z.ZodObject<typeof playbackEnv>>>;

/** Injects the PlaybackConfig. */
export const PLAYBACK_CONFIG = Symbol('PlaybackConfig');
