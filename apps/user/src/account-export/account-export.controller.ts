import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { userV1 } from '@viernes/contracts';
import { Access, assertUnlimitedProfile, CurrentCaller, type Caller } from '@viernes/platform';
import { z } from 'zod';
import { password } from '../account/account.requests.js';
import { ExportAccount } from './export-account.service.js';

/** Only the first page needs the password. */
const ExportAccountRequest = z.union([
  z.object({ cursor: z.literal(''), password }),
  z.object({ cursor: z.string().min(1).max(1_000) }),
]);
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
    const { data, nextCursor } =
      'password' in request
        ? await this.exportData.start(caller.accountId, request.password)
        : await this.exportData.continue(caller.accountId, request.cursor);
    return { dataJson: JSON.stringify(data), nextCursor };
  }
}
