import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import {
  AccessTokens,
  Authenticator,
  connectValkey,
  JwksCache,
  RateLimits,
  RevokedSessions,
  type Valkey,
} from '@viernes/gateway';
import type { Logger } from '@viernes/platform';
import { AccountController } from './account/account.controller.js';
import { AssetChanges } from './asset/asset-changes.js';
import { AssetController } from './asset/asset.controller.js';
import type { EdgeConfig } from './config.js';
import { ContinueWatchingController } from './continue-watching/continue-watching.controller.js';
import { ContinueWatching } from './continue-watching/continue-watching.js';
import { DeadLetterController } from './dead-letter/dead-letter.controller.js';
import { HomeController } from './home/home.controller.js';
import { ComposeHome } from './home/compose-home.service.js';
import { LIMITS, limitsOf } from './limits.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { MediaProxy } from './playback/media-proxy.js';
import { PlaybackController } from './playback/playback.controller.js';
import { ProfileController } from './profile/profile.controller.js';
import { SessionController } from './session/session.controller.js';
import { TitleController } from './title/title.controller.js';
import { UploadPartProxy } from './upload/upload-part-proxy.js';
import { UploadController } from './upload/upload.controller.js';
import { USER, type UserClient } from './upstream/upstream.js';
import { UpstreamModule } from './upstream/upstream.module.js';

const VALKEY = Symbol('Valkey');

@Global()
@Module({})
export class EdgeModule implements OnApplicationShutdown {
  constructor(@Inject(VALKEY) private readonly valkey: Valkey) {}

  static forRoot(config: EdgeConfig, logger: Logger): DynamicModule {
    return {
      module: EdgeModule,
      imports: [UpstreamModule.forRoot(config)],
      controllers: [
        AccountController,
        SessionController,
        ProfileController,
        ContinueWatchingController,
        TitleController,
        HomeController,
        UploadController,
        AssetController,
        PlaybackController,
        DeadLetterController,
        OpenApiController,
      ],
      providers: [
        ContinueWatching,
        ComposeHome,
        AssetChanges,
        MediaProxy,
        UploadPartProxy,
        { provide: VALKEY, useFactory: () => connectValkey(config.VALKEY_URL, logger) },
        { provide: LIMITS, useFactory: (valkey: Valkey) => new RateLimits(valkey, limitsOf(config)), inject: [VALKEY] },
        {
          provide: RevokedSessions,
          useFactory: (valkey: Valkey) => new RevokedSessions(valkey, logger),
          inject: [VALKEY],
        },
        {
          provide: Authenticator,
          useFactory: (user: UserClient, revoked: RevokedSessions) => {
            const keys = new JwksCache(async () => (await user.getJwks({})).jwksJson, logger);
            return new Authenticator(new AccessTokens(keys), revoked);
          },
          inject: [USER, RevokedSessions],
        },
      ],
    };
  }

  onApplicationShutdown(): void {
    this.valkey.disconnect();
  }
}
