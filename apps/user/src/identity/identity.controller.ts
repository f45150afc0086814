import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Idempotent } from '@viernes/database';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { AccountRepository } from '../account/account.repository.js';
import { SessionResponses } from '../session/session-responses.js';
import { FinishIdentityLink } from './finish-identity-link.service.js';
import type { Identity } from './identity.js';
import { IdentityRepository } from './identity.repository.js';
import {
  FinishIdentityLinkRequest,
  FinishProviderSignInRequest,
  RemoveIdentityRequest,
  StartIdentityLinkRequest,
  StartProviderSignInRequest,
} from './identity.requests.js';
import { ProviderSignIns } from './provider-sign-ins.js';
import { RemoveIdentity } from './remove-identity.service.js';
import { SignInProviders } from './sign-in-providers.js';
import { SignInWithIdentity } from './sign-in-with-identity.service.js';
import { StartIdentityLink } from './start-identity-link.service.js';

@Controller()
export class IdentityController {
  constructor(
    private readonly providers: SignInProviders,
    private readonly signIns: ProviderSignIns,
    private readonly signIn: SignInWithIdentity,
    private readonly accounts: AccountRepository,
    private readonly identities: IdentityRepository,
    private readonly startLink: StartIdentityLink,
    private readonly finishLink: FinishIdentityLink,
    private readonly remove: RemoveIdentity,
    private readonly sessions: SessionResponses,
  ) {}

  @GrpcMethod('UserService', 'listSignInProviders')
  @Access('public')
  listSignInProviders(): userV1.ListSignInProvidersResponse {
    return { providers: this.providers.list().map(({ id, name }) => ({ id, name })) };
  }

  @GrpcMethod('UserService', 'startProviderSignIn')
  @Access('public')
  async startProviderSignIn(
    @Payload({ schema: StartProviderSignInRequest }) { providerId }: StartProviderSignInRequest,
  ): Promise<userV1.StartProviderSignInResponse> {
    return this.signIns.start(providerId);
  }

  @GrpcMethod('UserService', 'finishProviderSignIn')
  @Access('public')
  @Idempotent(userV1.UserServiceService.finishProviderSignIn)
  async finishProviderSignIn(
    @Payload({ schema: FinishProviderSignInRequest }) request: FinishProviderSignInRequest,
  ): Promise<userV1.FinishProviderSignInResponse> {
    return { session: await this.sessions.build(await this.signIn.run(request)) };
  }

  @GrpcMethod('UserService', 'listIdentities')
  @Access('household')
  async listIdentities(@CurrentCaller() { accountId }: Caller): Promise<userV1.ListIdentitiesResponse> {
    const identities = await this.identities.list(accountId);
    const hasPassword = await this.accounts.hasPassword(accountId);
    return { identities: identities.map((identity) => this.toMessage(identity)), hasPassword };
  }

  @GrpcMethod('UserService', 'startIdentityLink')
  @Access('household')
  async startIdentityLink(
    @Payload({ schema: StartIdentityLinkRequest }) request: StartIdentityLinkRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.StartIdentityLinkResponse> {
    return this.startLink.run(accountId, request);
  }

  @GrpcMethod('UserService', 'finishIdentityLink')
  @Access('household')
  @Idempotent(userV1.UserServiceService.finishIdentityLink)
  async finishIdentityLink(
    @Payload({ schema: FinishIdentityLinkRequest }) { response }: FinishIdentityLinkRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.FinishIdentityLinkResponse> {
    return { identity: this.toMessage(await this.finishLink.run(accountId, response)) };
  }

  @GrpcMethod('UserService', 'removeIdentity')
  @Access('household')
  async removeIdentity(
    @Payload({ schema: RemoveIdentityRequest }) { identityId }: RemoveIdentityRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.RemoveIdentityResponse> {
    await this.remove.run(accountId, identityId);
    return {};
  }

  private toMessage({ id, issuer, email, createdAt, lastUsedAt }: Identity): userV1.Identity {
    return {
      id,
      providerName: this.providers.nameOf(issuer),
      email: email ?? '',
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString(),
    };
  }
}
