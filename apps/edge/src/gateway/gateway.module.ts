import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import {
  AccessTokenVerifier,
  ApiKeyVerifier,
  Authenticator,
  connectValkey,
  JwksCache,
  Plans,
  RateLimits,
  RevokedSessions,
  type Valkey,
} from '@viernes/gateway';
import type { Logger } from '@viernes/platform';
import { USER, type UserClient } from '../upstream/upstream.js';
import type { GatewayConfig } from './gateway.config.js';
import { fetchApiKey } from './fetch-api-key.js';
import { VALKEY } from './valkey.token.js';
import { RATE_LIMITS, toRateLimits, type LimitName } from './limit-settings.js';

/** Authentication and rate limits, which apply to every operation. Requires the UpstreamModule. */
@Global()
@Module({})
export class GatewayModule implements OnApplicationShutdown {
  constructor(
    @Inject(VALKEY) private readonly valkey: Valkey,
    private readonly plans: Plans,
  ) {}

  static forRoot(config: GatewayConfig, logger: Logger): DynamicModule {
    return {
      module: GatewayModule,
      providers: [
        { provide: VALKEY, useFactory: () => connectValkey(config.VALKEY_URL, logger) },
        {
          provide: RATE_LIMITS,
          useFactory: (valkey: Valkey) => new RateLimits(valkey, toRateLimits(config)),
          inject: [VALKEY],
        },
        {
          provide: Plans,
          useFactory: (valkey: Valkey) => new Plans(valkey, config.PLANS),
          inject: [VALKEY],
        },
        {
          provide: RevokedSessions,
          useFactory: (valkey: Valkey) => new RevokedSessions(valkey, logger),
          inject: [VALKEY],
        },
        {
          provide: Authenticator,
          useFactory: (user: UserClient, revoked: RevokedSessions, limits: RateLimits<LimitName>) => {
            const keys = new JwksCache(async () => (await user.getJwks({})).jwksJson, logger);
            const apiKeys = new ApiKeyVerifier((secret) => fetchApiKey(user, secret), limits);
            return new Authenticator(new AccessTokenVerifier(keys), apiKeys, revoked);
          },
          inject: [USER, RevokedSessions, RATE_LIMITS],
        },
      ],
      exports: [VALKEY, RATE_LIMITS, Plans, RevokedSessions, Authenticator],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.plans.close();
    this.valkey.disconnect();
  }
}
