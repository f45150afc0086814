import { z } from 'zod';

export const backgroundEnv = {
  /** Time between two cleanups of expired uploads, sessions, and unused objects. */
  CLEANUP_INTERVAL_SECONDS: z.coerce.number().int().min(1).max(86_400).default(30),
};

export type BackgroundConfig = Readonly<z.infer<z.ZodObject<typeof backgroundEnv>>>;

/** Injects the BackgroundConfig. */
export const BACKGROUND_CONFIG = Symbol('BackgroundConfig');
