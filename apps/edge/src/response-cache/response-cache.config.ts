import { brokerList } from '@viernes/platform';
import { z } from 'zod';

export const responseCacheEnv = {
  /** Events invalidate cached responses. While Kafka is unavailable, they are outdated for up to their TTL. */
  KAFKA_BROKERS: brokerList,
  /** Memory for cached responses. 0 disables the cache. */
  RESPONSE_CACHE_MAX_BYTES: z.coerce.number().int().min(0).default(33_554_432),
};

export type ResponseCacheConfig = Readonly<z.infer<z.ZodObject<typeof responseCacheEnv>>>;
