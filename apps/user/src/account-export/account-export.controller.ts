import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { userV1 } from '@viernes/contracts';
import { Access, assertUnlimitedProfile, CurrentCaller, type Caller } from '@viernes/platform';
import { AccountDataRepository } from './account-data.repository.js';

@Controller()
export class AccountExportController {
  constructor(private readonly data: AccountDataRepository) {}

  @GrpcMethod('UserService', 'exportAccount')
  @Access('account')
  async exportAccount(@CurrentCaller() caller: Caller): Promise<userV1.ExportAccountResponse> {
    assertUnlimitedProfile(caller);
    return { dataJson: JSON.stringify(await this.data.read(caller.accountId)) };
  }
}
