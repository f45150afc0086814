import { Module, type DynamicModule } from '@nestjs/common';
import { CreateWebhook } from './create-webhook.service.js';
import { DisableWebhooks } from './disable-webhooks.handler.js';
import { RotateWebhookSecret } from './rotate-webhook-secret.service.js';
import { UpdateWebhook } from './update-webhook.service.js';
import { WEBHOOK_CONFIG, type WebhookConfig } from './webhook.config.js';
import { WebhookController } from './webhook.controller.js';
import { WebhookRepository } from './webhook.repository.js';

/** Provides stored webhooks without the WebhookConfig, for the export and the deletion of an account. */
@Module({ providers: [WebhookRepository], exports: [WebhookRepository] })
export class WebhookStoreModule {}

@Module({})
export class WebhookModule {
  static forRoot(config: WebhookConfig): DynamicModule {
    return {
      module: WebhookModule,
      imports: [WebhookStoreModule],
      controllers: [WebhookController],
      providers: [
        { provide: WEBHOOK_CONFIG, useValue: config },
        CreateWebhook,
        UpdateWebhook,
        RotateWebhookSecret,
        DisableWebhooks,
      ],
      exports: [WEBHOOK_CONFIG],
    };
  }
}
