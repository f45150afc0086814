import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Access, assertUnlimitedProfile, CurrentCaller, toExportJson, type Caller } from '@viernes/platform';
import { ChangeRepository } from './change.repository.js';

/** The newest changes are exported. An import can change all titles. */
const MAX_EXPORTED = 20_000;

@Controller()
export class ChangeController {
  constructor(
    private readonly changes: ChangeRepository,
    private readonly transactions: Transactions,
  ) {}

  @GrpcMethod('CatalogService', 'exportAccount')
  @Access('account')
  async exportAccount(@CurrentCaller() caller: Caller): Promise<catalogV1.ExportAccountResponse> {
    assertUnlimitedProfile(caller);
    const changes = await this.transactions.run((tx) =>
      this.changes.listOfAccount(tx, caller.accountId, MAX_EXPORTED + 1),
    );
    return { dataJson: toExportJson({ changes }, MAX_EXPORTED) };
  }
}
