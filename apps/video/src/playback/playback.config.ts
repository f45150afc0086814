import { z } from 'zod';

export const playbackEnv = {
  /** Streams that one account may play at a time. */
  MAX_CONCURRENT_STREAMS: z.coerce.number().int().min(1).default(4),
  /** How long a session lives without a heartbeat. */
  SESSION_TTL_SECONDS: z.coerce.number().int().min(2).max(3_600).default(60),
  /** How often players are told to send a heartbeat. */
  PLAYBACK_HEARTBEAT_SECONDS: z.coerce.number().int().min(1).default(15),
  /** How long the address in a media playlist is good for: longer than a film with its pauses. */
  MEDIA_URL_TTL_SECONDS: z.coerce.number().int().min(60).max(604_800).default(21_600),
};
