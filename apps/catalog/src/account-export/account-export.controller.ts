import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { exportedTable, ExportPageRequest, readExportPage, Transactions } from '@viernes/database';
import { Access, assertUnlimitedProfile, CurrentCaller, type Caller } from '@viernes/platform';
import { In } from 'typeorm';
import { ChangeEntity } from '../change/change.entity.js';
import { WebhookDeliveryEntity } from '../webhook-delivery/webhook-delivery.entity.js';
import { WebhookEntity } from '../webhook/webhook.entity.js';
import { WebhookRepository } from '../webhook/webhook.repository.js';

@Controller()
export class AccountExportController {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly transactions: Transactions,
  ) {}

  @GrpcMethod('CatalogService', 'exportAccount')
  @Access('account')
  async exportAccount(
    @Payload({ schema: ExportPageRequest }) { cursor }: ExportPageRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<catalogV1.ExportAccountResponse> {
    assertUnlimitedProfile(caller);
    const { lists, nextCursor } = await this.transactions.run(async (tx) => {
      const webhooks = await this.webhooks.list(tx, caller);
      const webhookIds = webhooks.map(({ id }) => id);
      const tables = [changesOf(caller.accountId), webhooksOf(caller.accountId), deliveriesOf(webhookIds)];
      return readExportPage(tx, tables, cursor);
    });
    return { dataJson: JSON.stringify(lists), nextCursor };
  }
}

/** Omits the values before and after a change, which belong to the catalog. */
function changesOf(accountId: string) {
  return exportedTable(
    'changes',
    ChangeEntity,
    { accountId },
    ({ accountId: _, fields: _fields, ...change }) => change,
  );
}

/** Exports the webhooks of an account, without their secrets. */
function webhooksOf(accountId: string) {
  return exportedTable(
    'webhooks',
    WebhookEntity,
    { accountId },
    ({ accountId: _, secret: _secret, previousSecret: _previous, ...webhook }) => webhook,
  );
}

function deliveriesOf(webhookIds: readonly string[]) {
  return exportedTable(
    'webhookDeliveries',
    WebhookDeliveryEntity,
    { webhookId: In([...webhookIds]) },
    ({ leaseId: _, ...delivery }) => delivery,
  );
}
