import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { CodedError, type userV1 } from '@viernes/contracts';
import { Access, assertUnlimitedProfile, CurrentCaller, type Caller } from '@viernes/platform';
import { z } from 'zod';
import { password } from '../account/account.requests.js';
import { CheckPassword } from '../account/check-password.service.js';
import { AccountDataRepository } from './account-data.repository.js';

const ExportAccountRequest = z.object({ password });
type ExportAccountRequest = z.infer<typeof ExportAccountRequest>;

@Controller()
export class AccountExportController {
  constructor(
    private readonly data: AccountDataRepository,
    private readonly checkPassword: CheckPassword,
  ) {}

  @GrpcMethod('UserService', 'exportAccount')
  @Access('account')
  async exportAccount(
    @Payload({ schema: ExportAccountRequest }) request: ExportAccountRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.ExportAccountResponse> {
    assertUnlimitedProfile(caller);
    // The export contains what profiles with a PIN have watched.
    const owner = await this.checkPassword.run({ id: caller.accountId }, request.password);
    if (!owner) throw new CodedError('PASSWORD_WRONG');
    return { dataJson: JSON.stringify(await this.data.read(caller.accountId)) };
  }
}
