import { Controller, Inject, Req, Res } from '@nestjs/common';
import {
  Handles,
  hasSessionHeader,
  Input,
  readSessionCookie,
  selectLanguage,
  type InputOf,
  type RateLimits,
  type ResponseOf,
} from '@viernes/gateway';
import { requireCaller } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RATE_LIMITS, type LimitName } from '../gateway/limit-settings.js';
import { consumeLimits } from '../gateway/consume-limits.js';
import { toProfileResponse } from '../profile/profile.response.js';
import type { ProfileResponse } from '../profile/profile.schema.js';
import { respondWithAccess } from '../session/session.response.js';
import { required } from '../upstream/required.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import {
  createProfile,
  deleteProfile,
  patchProfile,
  removeProfilePin,
  selectProfile,
  setProfilePin,
} from './household.operations.js';

@Controller()
export class HouseholdController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(RATE_LIMITS) private readonly limits: RateLimits<LimitName>,
  ) {}

  @Handles(createProfile)
  async create(
    @Input(createProfile) { body }: InputOf<typeof createProfile>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProfileResponse> {
    if (body.pin !== undefined) await this.limit(request);
    const { maximumAge, ...fields } = body;
    const created = await this.user.createProfile({
      avatar: '',
      language: selectLanguage(request.headers['accept-language']),
      isKids: false,
      pin: '',
      ...fields,
      maximumAge: maximumAge ?? undefined,
    });
    const profile = toProfileResponse(required(created.profile, 'profile'));
    reply.header('location', `/v1/profiles/${profile.id}`);
    return profile;
  }

  @Handles(patchProfile)
  async patch(@Input(patchProfile) { params, body }: InputOf<typeof patchProfile>): Promise<ProfileResponse> {
    const { maximumAge, ...fields } = body;
    const maximumAgeChange = maximumAge === undefined ? undefined : { maximumAge: maximumAge ?? undefined };
    const { profile } = await this.user.updateProfile({ ...fields, profileId: params.id, maximumAgeChange });
    return toProfileResponse(required(profile, 'profile'));
  }

  @Handles(deleteProfile)
  async delete(@Input(deleteProfile) { params }: InputOf<typeof deleteProfile>): Promise<void> {
    await this.user.deleteProfile({ profileId: params.id });
  }

  @Handles(setProfilePin)
  async setPin(
    @Input(setProfilePin) { params, body }: InputOf<typeof setProfilePin>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.limit(request);
    await this.user.setProfilePin({ profileId: params.id, pin: body.pin });
  }

  @Handles(removeProfilePin)
  async removePin(
    @Input(removeProfilePin) { params, body }: InputOf<typeof removeProfilePin>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.limit(request);
    await this.user.removeProfilePin({ profileId: params.id, password: body.password });
  }

  @Handles(selectProfile)
  async select(
    @Input(selectProfile) { params, body }: InputOf<typeof selectProfile>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResponseOf<typeof selectProfile>> {
    if (body.pin !== undefined) await this.limit(request);
    const isCookieSession = hasSessionHeader(request) || readSessionCookie(request) !== undefined;
    const selected = await this.user.selectProfile({ profileId: params.id, pin: body.pin ?? '' });
    return {
      profile: toProfileResponse(required(selected.profile, 'profile')),
      ...respondWithAccess(request, reply, selected, isCookieSession),
    };
  }

  private async limit(request: FastifyRequest): Promise<void> {
    await consumeLimits(this.limits, request, requireCaller().accountId);
  }
}
