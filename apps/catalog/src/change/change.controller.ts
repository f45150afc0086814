import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { exportedTable, readExportPage, Transactions } from '@viernes/database';
import { Access, assertUnlimitedProfile, CurrentCaller, type Caller } from '@viernes/platform';
import { z } from 'zod';
import { ChangeEntity } from './change.entity.js';

const ExportAccountRequest = z.object({ cursor: z.string().max(1_000) });
type ExportAccountRequest = z.infer<typeof ExportAccountRequest>;

@Controller()
export class ChangeController {
  constructor(private readonly transactions: Transactions) {}

  @GrpcMethod('CatalogService', 'exportAccount')
  @Access('account')
  async exportAccount(
    @Payload({ schema: ExportAccountRequest }) { cursor }: ExportAccountRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<catalogV1.ExportAccountResponse> {
    assertUnlimitedProfile(caller);
    const { lists, nextCursor } = await this.transactions.run((tx) =>
      readExportPage(tx, [changesOf(caller.accountId)], cursor),
    );
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
