import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Access } from '@viernes/platform';
import { toAccountMessage } from './account.message.js';
import { CreateAccountRequest } from './account.requests.js';
import { CreateAccount } from './create-account.service.js';

@Controller()
export class AccountController {
  constructor(private readonly create: CreateAccount) {}

  @GrpcMethod('UserService', 'createAccount')
  @Access('public')
  async createAccount(
    @Payload({ schema: CreateAccountRequest }) request: CreateAccountRequest,
  ): Promise<userV1.CreateAccountResponse> {
    const { account, profiles } = await this.create.run(request);
    return { account: toAccountMessage(account), profiles };
  }
}
