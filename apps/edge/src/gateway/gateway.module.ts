import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import {
  AccessTokenVerifier,
  Authenticator,
  connectValkey,
  JwksCache,
  RateLimits,
  RevokedSessions,
  type Valkey,
} from '@viernes/gateway';
import type { Logger } from '@viernes/platform';
import { USER, type UserClient } from '../upstream/upstream.js';
import type { GatewayConfig } from './gateway.config.js';
import { RATE_LIMITS, toRateLimits } from './limit-settings.js';

const VALKEY = Symbol('Valkey');

/** Authentication and rate limits, which apply to every operation. Requires the UpstreamModule. */
@Global()
@Module({})
export class GatewayModule implements OnApplicationShutdown {
  constructor(@Inject(VALKEY) private readonly valkey: Valkey) {}

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
          provide: RevokedSessions,
          useFactory: (valkey: Valkey) => new RevokedSessions(valkey, logger),
          inject: [VALKEY],
        },
        {
          provide: Authenticator,
          useFactory: (user: UserClient, revoked: RevokedSessions) => {
            const keys = new JwksCache(async () => (await user.getJwks({})).jwksJson, logger);
            return new Authenticator(new AccessTokenVerifier(keys), revoked);
          },
          inject: [USER, RevokedSessions],
        },
      ],
      exports: [RATE_LIMITS, RevokedSessions, Authenticator],
    };
  }

  onApplicationShutdown(): void {
    this.valkey.disconnect();
  }
}
