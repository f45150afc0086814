import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { userV1 } from '@viernes/contracts';
import {
  Handles,
  Input,
  requireSameOrigin,
  selectLanguage,
  type InputOf,
  type RateLimits,
  type ResponseOf,
} from '@viernes/gateway';
import { requireCaller } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { consumeLimits } from '../gateway/consume-limits.js';
import { RATE_LIMITS, type LimitName } from '../gateway/limit-settings.js';
import { respondWithSession, type SessionResponse } from '../session/session.response.js';
import { required } from '../upstream/required.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import {
  addIdentity,
  listIdentities,
  listSignInProviders,
  removeIdentity,
  signInWithProvider,
  startIdentityLink,
  startProviderSignIn,
} from './identity.operations.js';
import { setSignInCookie, takeSignInCookie } from './sign-in-cookie.js';

@Controller()
export class IdentityController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(RATE_LIMITS) private readonly limits: RateLimits<LimitName>,
  ) {}

  @Handles(listSignInProviders)
  async listProviders(): Promise<ResponseOf<typeof listSignInProviders>> {
    const { providers } = await this.user.listSignInProviders({});
    return { providers };
  }

  @Handles(startProviderSignIn)
  async startSignIn(
    @Input(startProviderSignIn) { body }: InputOf<typeof startProviderSignIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResponseOf<typeof startProviderSignIn>> {
    requireSameOrigin(request);
    await consumeLimits(this.limits, request);
    const { url, browserSecret } = await this.user.startProviderSignIn(body);
    setSignInCookie(request, reply, browserSecret);
    return { url };
  }

  @Handles(signInWithProvider)
  async signIn(
    @Input(signInWithProvider) { body }: InputOf<typeof signInWithProvider>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    requireSameOrigin(request);
    await consumeLimits(this.limits, request);
    const response = toProviderResponse(body, takeSignInCookie(request, reply));
    const language = selectLanguage(request.headers['accept-language']);
    const { session } = await this.user.finishProviderSignIn({ response, language });
    return respondWithSession(request, reply, required(session, 'session'));
  }

  @Handles(listIdentities)
  async list(): Promise<ResponseOf<typeof listIdentities>> {
    const { identities, hasPassword } = await this.user.listIdentities({});
    return { identities: identities.map(toIdentityResponse), hasPassword };
  }

  @Handles(startIdentityLink)
  async startLink(
    @Input(startIdentityLink) { body }: InputOf<typeof startIdentityLink>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResponseOf<typeof startIdentityLink>> {
    await consumeLimits(this.limits, request, requireCaller().accountId);
    const { url, browserSecret } = await this.user.startIdentityLink(body);
    setSignInCookie(request, reply, browserSecret);
    return { url };
  }

  @Handles(addIdentity)
  async add(
    @Input(addIdentity) { body }: InputOf<typeof addIdentity>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResponseOf<typeof addIdentity>> {
    await consumeLimits(this.limits, request);
    const response = toProviderResponse(body, takeSignInCookie(request, reply));
    const { identity } = await this.user.finishIdentityLink({ response });
    return toIdentityResponse(required(identity, 'identity'));
  }

  @Handles(removeIdentity)
  async remove(@Input(removeIdentity) { params }: InputOf<typeof removeIdentity>): Promise<void> {
    await this.user.removeIdentity({ identityId: params.id });
  }
}

function toProviderResponse(
  { state, code, iss = '' }: InputOf<typeof addIdentity>['body'],
  browserSecret: string,
): userV1.ProviderResponse {
  return { state, code, issuer: iss, browserSecret };
}

function toIdentityResponse({
  id,
  providerName,
  email,
  createdAt,
  lastUsedAt,
}: userV1.Identity): ResponseOf<typeof addIdentity> {
  return {
    id,
    providerName,
    email: email || null,
    createdAt: required(createdAt, 'created_at'),
    lastUsedAt: lastUsedAt ?? null,
  };
}
