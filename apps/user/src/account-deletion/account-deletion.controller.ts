import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { userV1 } from '@viernes/contracts';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { z } from 'zod';
import { password } from '../account/account.requests.js';
import { DeleteAccount } from './delete-account.service.js';

const DeleteAccountRequest = z.object({ password });
type DeleteAccountRequest = z.infer<typeof DeleteAccountRequest>;

@Controller()
export class AccountDeletionController {
  constructor(private readonly remove: DeleteAccount) {}

  @GrpcMethod('UserService', 'deleteAccount')
  @Access('account')
  async deleteAccount(
    @Payload({ schema: DeleteAccountRequest }) request: DeleteAccountRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.DeleteAccountResponse> {
    return { endedSessionIds: await this.remove.run(caller, request.password) };
  }
}
