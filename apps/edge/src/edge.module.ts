import { Module, type DynamicModule } from '@nestjs/common';
import type { UsageSender } from '@viernes/gateway';
import type { Logger } from '@viernes/platform';
import { AccountAdminModule } from './account-admin/account-admin.module.js';
import { AccountDeletionModule } from './account-deletion/account-deletion.module.js';
import { AccountExportModule } from './account-export/account-export.module.js';
import { AccountModule } from './account/account.module.js';
import { ApiKeyModule } from './api-key/api-key.module.js';
import { AssetModule } from './asset/asset.module.js';
import type { EdgeConfig } from './config.js';
import { DeadLetterModule } from './dead-letter/dead-letter.module.js';
import { DebugTraceModule } from './debug-trace/debug-trace.module.js';
import { DeletionModule } from './deletion/deletion.module.js';
import { GatewayModule } from './gateway/gateway.module.js';
import { HistoryModule } from './history/history.module.js';
import { HomeModule } from './home/home.module.js';
import { HouseholdModule } from './household/household.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { LiveEventModule } from './live-event/live-event.module.js';
import { MyListModule } from './my-list/my-list.module.js';
import { OpenApiModule } from './openapi/openapi.module.js';
import { PasskeyModule } from './passkey/passkey.module.js';
import { PasswordModule } from './password/password.module.js';
import { PersonEditingModule } from './person-editing/person-editing.module.js';
import { PersonModule } from './person/person.module.js';
import { PlanModule } from './plan/plan.module.js';
import { PartyModule } from './party/party.module.js';
import { PlaybackModule } from './playback/playback.module.js';
import { ProfileModule } from './profile/profile.module.js';
import { RatingModule } from './rating/rating.module.js';
import { ResponseCacheModule } from './response-cache/response-cache.module.js';
import { RelatedModule } from './related/related.module.js';
import { SecurityEventModule } from './security-event/security-event.module.js';
import { SessionModule } from './session/session.module.js';
import { EpisodeEditingModule } from './episode-editing/episode-editing.module.js';
import { SeasonEditingModule } from './season-editing/season-editing.module.js';
import { SeasonModule } from './season/season.module.js';
import { TitleFacetsModule } from './title-facets/title-facets.module.js';
import { TitleImportModule } from './title-import/title-import.module.js';
import { TitleEditingModule } from './title-editing/title-editing.module.js';
import { TitleExportModule } from './title-export/title-export.module.js';
import { TitleListModule } from './title-list/title-list.module.js';
import { TitleSuggestionModule } from './title-suggestion/title-suggestion.module.js';
import { TitleSocketModule } from './title-socket/title-socket.module.js';
import { TitleRpcModule } from './title-rpc/title-rpc.module.js';
import { TitleModule } from './title/title.module.js';
import { UploadModule } from './upload/upload.module.js';
import { UsageModule } from './usage/usage.module.js';
import type { ServiceClients } from './upstream/upstream.js';
import { UpstreamModule } from './upstream/upstream.module.js';
import { WebhookModule } from './webhook/webhook.module.js';

@Module({})
export class EdgeModule {
  static forConfig(
    config: EdgeConfig,
    logger: Logger,
    services: ServiceClients,
    usageSender: UsageSender,
  ): DynamicModule {
    return {
      module: EdgeModule,
      imports: [
        UpstreamModule.forRoot(services),
        GatewayModule.forRoot(config, logger),
        ResponseCacheModule.forRoot(config),
        AccountModule,
        AccountAdminModule,
        AccountDeletionModule,
        AccountExportModule,
        PlanModule,
        SecurityEventModule,
        SessionModule,
        ProfileModule,
        HouseholdModule,
        MyListModule,
        RatingModule,
        HistoryModule,
        TitleListModule,
        TitleFacetsModule,
        TitleSuggestionModule,
        TitleModule,
        RelatedModule,
        TitleEditingModule,
        SeasonModule,
        SeasonEditingModule,
        EpisodeEditingModule,
        TitleImportModule,
        TitleExportModule,
        ApiKeyModule,
        PasskeyModule,
        IdentityModule,
        PasswordModule,
        PersonModule,
        PersonEditingModule,
        DeletionModule,
        HomeModule,
        UploadModule,
        AssetModule,
        PlaybackModule,
        PartyModule,
        WebhookModule,
        LiveEventModule.forRoot(config, logger),
        DeadLetterModule,
        DebugTraceModule.forRoot(config),
        UsageModule.forRoot(usageSender, logger),
        TitleSocketModule,
        TitleRpcModule.forRoot(config, logger),
        OpenApiModule,
      ],
    };
  }
}
