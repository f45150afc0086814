import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Idempotent, Transactions } from '@viernes/database';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { MailRequestRepository } from '../mail-request/mail-request.repository.js';
import { ChangePassword } from './change-password.service.js';
import { ChangePasswordRequest, RequestPasswordResetRequest, ResetPasswordRequest } from './password.requests.js';
import { ResetPassword } from './reset-password.service.js';

@Controller()
export class PasswordController {
  constructor(
    private readonly requests: MailRequestRepository,
    private readonly reset: ResetPassword,
    private readonly change: ChangePassword,
    private readonly transactions: Transactions,
  ) {}

  @GrpcMethod('UserService', 'requestPasswordReset')
  @Access('public')
  @Idempotent(userV1.UserServiceService.requestPasswordReset)
  async requestPasswordReset(
    @Payload({ schema: RequestPasswordResetRequest }) { email }: RequestPasswordResetRequest,
  ): Promise<userV1.RequestPasswordResetResponse> {
    await this.transactions.run((tx) => this.requests.insert('passwordReset', email, tx));
    return {};
  }

  @GrpcMethod('UserService', 'resetPassword')
  @Access('public')
  @Idempotent(userV1.UserServiceService.resetPassword)
  async resetPassword(
    @Payload({ schema: ResetPasswordRequest }) request: ResetPasswordRequest,
  ): Promise<userV1.ResetPasswordResponse> {
    return { endedSessionIds: await this.reset.run(request) };
  }

  @GrpcMethod('UserService', 'changePassword')
  @Access('household')
  async changePassword(
    @Payload({ schema: ChangePasswordRequest }) request: ChangePasswordRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.ChangePasswordResponse> {
    return { endedSessionIds: await this.change.run(caller, request) };
  }
}
