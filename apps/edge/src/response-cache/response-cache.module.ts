import { Module, type DynamicModule } from '@nestjs/common';
import { ResponseCache } from '@viernes/gateway';
import { KafkaConnection } from '@viernes/kafka';
import { CacheInvalidation } from './cache-invalidation.js';
import type { ResponseCacheConfig } from './response-cache.config.js';

/** The response cache of the process, and its invalidation by events. Empty if the cache is disabled. */
@Module({})
export class ResponseCacheModule {
  static forRoot({ KAFKA_BROKERS: brokers, RESPONSE_CACHE_MAX_BYTES: maxBytes }: ResponseCacheConfig): DynamicModule {
    if (maxBytes === 0) return { module: ResponseCacheModule };
    return {
      module: ResponseCacheModule,
      providers: [
        { provide: ResponseCache, useFactory: () => new ResponseCache({ maxBytes }) },
        { provide: KafkaConnection, useFactory: () => new KafkaConnection('viernes.edge', brokers) },
        {
          provide: CacheInvalidation,
          useFactory: (cache: ResponseCache, connection: KafkaConnection) => new CacheInvalidation(cache, connection),
          inject: [ResponseCache, KafkaConnection],
        },
      ],
      exports: [ResponseCache],
    };
  }
}
