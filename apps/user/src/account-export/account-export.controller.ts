import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { userV1 } from '@viernes/contracts';
import { Access, assertUnlimitedProfile, CurrentCaller, type Caller } from '@viernes/platform';
import { z } from 'zod';
import { password } from '../account/account.requests.js';
import { ExportAccount } from './export-account.service.js';

const ExportAccountRequest = z.object({ password });
type ExportAccountRequest = z.infer<typeof ExportAccountRequest>;

@Controller()
export class AccountExportController {
  constructor(private readonly exportData: ExportAccount) {}

  @GrpcMethod('UserService', 'exportAccount')
  @Access('account')
  async exportAccount(
    @Payload({ schema: ExportAccountRequest }) request: ExportAccountRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.ExportAccountResponse> {
    assertUnlimitedProfile(caller);
    return { dataJson: await this.exportData.run(caller.accountId, request.password) };
  }
}
