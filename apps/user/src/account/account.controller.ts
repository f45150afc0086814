import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Idempotent } from '@viernes/database';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { toAccountMessage } from './account.message.js';
import { ChangeEmailRequest, CreateAccountRequest, VerifyEmailRequest } from './account.requests.js';
import { ChangeEmail } from './change-email.service.js';
import { CreateAccount } from './create-account.service.js';
import { RequestEmailVerification } from './request-email-verification.service.js';
import { VerifyEmail } from './verify-email.service.js';

@Controller()
export class AccountController {
  constructor(
    private readonly create: CreateAccount,
    private readonly requestVerification: RequestEmailVerification,
    private readonly verify: VerifyEmail,
    private readonly change: ChangeEmail,
  ) {}

  @GrpcMethod('UserService', 'createAccount')
  @Access('public')
  @Idempotent(userV1.UserServiceService.createAccount)
  async createAccount(
    @Payload({ schema: CreateAccountRequest }) request: CreateAccountRequest,
  ): Promise<userV1.CreateAccountResponse> {
    const { account, profiles } = await this.create.run(request);
    return { account: toAccountMessage(account), profiles };
  }

  @GrpcMethod('UserService', 'verifyEmail')
  @Access('public')
  @Idempotent(userV1.UserServiceService.verifyEmail)
  async verifyEmail(
    @Payload({ schema: VerifyEmailRequest }) { token }: VerifyEmailRequest,
  ): Promise<userV1.VerifyEmailResponse> {
    await this.verify.run(token);
    return {};
  }

  @GrpcMethod('UserService', 'requestEmailVerification')
  @Access('account')
  @Idempotent(userV1.UserServiceService.requestEmailVerification)
  async requestEmailVerification(
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.RequestEmailVerificationResponse> {
    await this.requestVerification.run(accountId);
    return {};
  }

  @GrpcMethod('UserService', 'changeEmail')
  @Access('household')
  async changeEmail(
    @Payload({ schema: ChangeEmailRequest }) request: ChangeEmailRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.ChangeEmailResponse> {
    await this.change.run(accountId, request);
    return {};
  }
}
