import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule, IdempotencyModule } from '@viernes/database';
import { MessagingModule } from '@viernes/messaging';
import { selectSettings } from '@viernes/platform';
import { AccountDeletionModule } from './account-deletion/account-deletion.module.js';
import { AccountExportModule } from './account-export/account-export.module.js';
import { AudienceModule } from './audience/audience.module.js';
import type { CatalogConfig } from './config.js';
import { DeletionModule } from './deletion/deletion.module.js';
import { EditingModule } from './editing/editing.module.js';
import { ExportModule } from './export/export.module.js';
import { FacetModule } from './facet/facet.module.js';
import { HomeModule } from './home/home.module.js';
import { ListingModule } from './listing/listing.module.js';
import { ENTITIES, MIGRATIONS } from './schema.js';
import { PersonEditingModule } from './person-editing/person-editing.module.js';
import { PopularityModule } from './popularity/popularity.module.js';
import { PublicationModule } from './publication/publication.module.js';
import { RelatedModule } from './related/related.module.js';
import { SeasonModule } from './season/season.module.js';
import { TitleModule } from './title/title.module.js';
import { webhookEnv } from './webhook/webhook.config.js';
import { WebhookDeliveryModule } from './webhook-delivery/webhook-delivery.module.js';

@Module({})
export class CatalogModule {
  /** @param service the name of the consumer group. Processes with the same name share the events. */
  static forConfig(config: CatalogConfig, service = 'catalog'): DynamicModule {
    const { DATABASE_REPLICA_URL: replicaUrl, DATABASE_REPLICA_MAX_LAG_SECONDS: maxLagSeconds } = config;
    return {
      module: CatalogModule,
      imports: [
        DatabaseModule.forRoot({
          url: config.DATABASE_URL,
          entities: ENTITIES,
          migrations: MIGRATIONS,
          replica: replicaUrl === undefined ? undefined : { url: replicaUrl, maxLagSeconds },
        }),
        IdempotencyModule,
        MessagingModule.forRoot({ service, brokers: config.KAFKA_BROKERS }),
        AudienceModule,
        TitleModule,
        ListingModule,
        FacetModule,
        RelatedModule,
        EditingModule,
        PersonEditingModule,
        DeletionModule,
        SeasonModule,
        ExportModule,
        HomeModule,
        PublicationModule,
        PopularityModule,
        WebhookDeliveryModule.forRoot(selectSettings(config, webhookEnv)),
        AccountDeletionModule,
        AccountExportModule,
      ],
    };
  }
}
