import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { userV1 } from '@viernes/contracts';
import { Handles, Input, type InputOf, type RateLimits, type ResponseOf } from '@viernes/gateway';
import { requireCaller } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RATE_LIMITS, type LimitName } from '../gateway/limit-settings.js';
import { consumeLimits } from '../gateway/consume-limits.js';
import { respondWithSession, type SessionResponse } from '../session/session.response.js';
import { required } from '../upstream/required.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import {
  addPasskey,
  listPasskeys,
  patchPasskey,
  removePasskey,
  signInWithPasskey,
  startPasskeyRegistration,
  startPasskeySignIn,
} from './passkey.operations.js';
import { creationOptions, requestOptions } from './passkey.schema.js';

@Controller()
export class PasskeyController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(RATE_LIMITS) private readonly limits: RateLimits<LimitName>,
  ) {}

  @Handles(listPasskeys)
  async list(): Promise<ResponseOf<typeof listPasskeys>> {
    const { passkeys } = await this.user.listPasskeys({});
    return { passkeys: passkeys.map(toPasskeyResponse) };
  }

  @Handles(startPasskeyRegistration)
  async startRegistration(
    @Input(startPasskeyRegistration) { body }: InputOf<typeof startPasskeyRegistration>,
    @Req() request: FastifyRequest,
  ): Promise<ResponseOf<typeof startPasskeyRegistration>> {
    await consumeLimits(this.limits, request, requireCaller().accountId);
    const { optionsJson } = await this.user.startPasskeyRegistration(body);
    return creationOptions.parse(JSON.parse(optionsJson));
  }

  @Handles(addPasskey)
  async add(@Input(addPasskey) { body }: InputOf<typeof addPasskey>): Promise<ResponseOf<typeof addPasskey>> {
    const { name, credential } = body;
    const request = { name, credentialJson: JSON.stringify(credential) };
    const { passkey } = await this.user.finishPasskeyRegistration(request);
    return toPasskeyResponse(required(passkey, 'passkey'));
  }

  @Handles(patchPasskey)
  async patch(
    @Input(patchPasskey) { params, body }: InputOf<typeof patchPasskey>,
  ): Promise<ResponseOf<typeof patchPasskey>> {
    const { passkey } = await this.user.renamePasskey({ passkeyId: params.id, ...body });
    return toPasskeyResponse(required(passkey, 'passkey'));
  }

  @Handles(removePasskey)
  async remove(@Input(removePasskey) { params }: InputOf<typeof removePasskey>): Promise<void> {
    await this.user.removePasskey({ passkeyId: params.id });
  }

  @Handles(startPasskeySignIn)
  async startSignIn(@Req() request: FastifyRequest): Promise<ResponseOf<typeof startPasskeySignIn>> {
    await consumeLimits(this.limits, request);
    const { optionsJson } = await this.user.startPasskeySignIn({});
    return requestOptions.parse(JSON.parse(optionsJson));
  }

  @Handles(signInWithPasskey)
  async signIn(
    @Input(signInWithPasskey) { body }: InputOf<typeof signInWithPasskey>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    await consumeLimits(this.limits, request);
    const credentialJson = JSON.stringify(body.credential);
    const { session } = await this.user.finishPasskeySignIn({ credentialJson });
    return respondWithSession(request, reply, required(session, 'session'));
  }
}

function toPasskeyResponse({
  id,
  name,
  createdAt,
  lastUsedAt,
  isBackedUp,
}: userV1.Passkey): ResponseOf<typeof patchPasskey> {
  return { id, name, createdAt: required(createdAt, 'created_at'), lastUsedAt: lastUsedAt ?? null, isBackedUp };
}
