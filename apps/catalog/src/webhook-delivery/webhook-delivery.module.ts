import { Module, type DynamicModule } from '@nestjs/common';
import { PublicationModule } from '../publication/publication.module.js';
import type { WebhookConfig } from '../webhook/webhook.config.js';
import { WebhookModule, WebhookStoreModule } from '../webhook/webhook.module.js';
import { AnnounceFailedAsset } from './announce-failed-asset.handler.js';
import { AnnouncePublishedTitle } from './announce-published-title.handler.js';
import { Announcements } from './announcements.js';
import { DeliveryQueue } from './delivery-queue.repository.js';
import { MessageSender } from './message-sender.js';
import { SendDeliveries } from './send-deliveries.js';
import { WebhookDeliveryController } from './webhook-delivery.controller.js';
import { WebhookDeliveryRepository } from './webhook-delivery.repository.js';

/** Webhooks and their deliveries. */
@Module({})
export class WebhookDeliveryModule {
  static forRoot(config: WebhookConfig): DynamicModule {
    return {
      module: WebhookDeliveryModule,
      imports: [WebhookModule.forRoot(config), WebhookStoreModule, PublicationModule],
      controllers: [WebhookDeliveryController],
      providers: [
        WebhookDeliveryRepository,
        DeliveryQueue,
        Announcements,
        AnnouncePublishedTitle,
        AnnounceFailedAsset,
        MessageSender,
        SendDeliveries,
      ],
    };
  }
}
