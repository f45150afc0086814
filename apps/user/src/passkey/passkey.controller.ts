import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Idempotent } from '@viernes/database';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { SessionResponses } from '../session/session-responses.js';
import { FinishPasskeyRegistration } from './finish-passkey-registration.service.js';
import { FinishPasskeySignIn } from './finish-passkey-sign-in.service.js';
import { PasskeyChallengeRepository } from './passkey-challenge.repository.js';
import { toPasskeyMessage } from './passkey.message.js';
import { PasskeyRepository } from './passkey.repository.js';
import {
  FinishPasskeyRegistrationRequest,
  FinishPasskeySignInRequest,
  RemovePasskeyRequest,
  RenamePasskeyRequest,
  StartPasskeyRegistrationRequest,
} from './passkey.requests.js';
import { RelyingParty } from './relying-party.js';
import { RemovePasskey } from './remove-passkey.service.js';
import { StartPasskeyRegistration } from './start-passkey-registration.service.js';

@Controller()
export class PasskeyController {
  constructor(
    private readonly passkeys: PasskeyRepository,
    private readonly challenges: PasskeyChallengeRepository,
    private readonly relyingParty: RelyingParty,
    private readonly startRegistration: StartPasskeyRegistration,
    private readonly finishRegistration: FinishPasskeyRegistration,
    private readonly remove: RemovePasskey,
    private readonly finishSignIn: FinishPasskeySignIn,
    private readonly sessions: SessionResponses,
  ) {}

  @GrpcMethod('UserService', 'listPasskeys')
  @Access('household')
  async listPasskeys(@CurrentCaller() { accountId }: Caller): Promise<userV1.ListPasskeysResponse> {
    const passkeys = await this.passkeys.list(accountId);
    return { passkeys: passkeys.map(toPasskeyMessage) };
  }

  @GrpcMethod('UserService', 'startPasskeyRegistration')
  @Access('household')
  async startPasskeyRegistration(
    @Payload({ schema: StartPasskeyRegistrationRequest }) { password }: StartPasskeyRegistrationRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.StartPasskeyRegistrationResponse> {
    return { optionsJson: JSON.stringify(await this.startRegistration.run(accountId, password)) };
  }

  @GrpcMethod('UserService', 'finishPasskeyRegistration')
  @Access('household')
  @Idempotent(userV1.UserServiceService.finishPasskeyRegistration)
  async finishPasskeyRegistration(
    @Payload({ schema: FinishPasskeyRegistrationRequest }) request: FinishPasskeyRegistrationRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.FinishPasskeyRegistrationResponse> {
    return { passkey: toPasskeyMessage(await this.finishRegistration.run(accountId, request)) };
  }

  @GrpcMethod('UserService', 'renamePasskey')
  @Access('household')
  async renamePasskey(
    @Payload({ schema: RenamePasskeyRequest }) { passkeyId, name }: RenamePasskeyRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.RenamePasskeyResponse> {
    return { passkey: toPasskeyMessage(await this.passkeys.rename(accountId, passkeyId, name)) };
  }

  @GrpcMethod('UserService', 'removePasskey')
  @Access('household')
  async removePasskey(
    @Payload({ schema: RemovePasskeyRequest }) { passkeyId }: RemovePasskeyRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.RemovePasskeyResponse> {
    await this.remove.run(accountId, passkeyId);
    return {};
  }

  @GrpcMethod('UserService', 'startPasskeySignIn')
  @Access('public')
  async startPasskeySignIn(): Promise<userV1.StartPasskeySignInResponse> {
    const options = await this.relyingParty.createSignInOptions();
    await this.challenges.insert(options.challenge);
    return { optionsJson: JSON.stringify(options) };
  }

  @GrpcMethod('UserService', 'finishPasskeySignIn')
  @Access('public')
  @Idempotent(userV1.UserServiceService.finishPasskeySignIn)
  async finishPasskeySignIn(
    @Payload({ schema: FinishPasskeySignInRequest }) { credentialJson }: FinishPasskeySignInRequest,
  ): Promise<userV1.FinishPasskeySignInResponse> {
    return { session: await this.sessions.build(await this.finishSignIn.run(credentialJson)) };
  }
}
