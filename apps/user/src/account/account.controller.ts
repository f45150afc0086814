import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Access, parseRequest } from '@viernes/platform';
import { accountMessage } from './account.message.js';
import { newAccount } from './account.requests.js';
import { CreateAccount } from './create-account.service.js';

@Controller()
export class AccountController {
  constructor(private readonly create: CreateAccount) {}

  @GrpcMethod('UserService', 'createAccount')
  @Access('public')
  async createAccount(request: userV1.CreateAccountRequest): Promise<userV1.CreateAccountResponse> {
    const { account, profiles } = await this.create.run(parseRequest(newAccount, request));
    return { account: accountMessage(account), profiles };
  }
}
