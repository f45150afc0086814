import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { required } from '../upstream/required.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import { ContinueWatching } from './continue-watching.js';
import { getProfile, listContinueWatching, listProfiles } from './profile.operations.js';
import { toProfileResponse } from './profile.response.js';
import type { ProfileResponse } from './profile.schema.js';

@Controller()
export class ProfileController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    private readonly continueWatching: ContinueWatching,
  ) {}

  @Handles(listProfiles)
  async list(): Promise<ResponseOf<typeof listProfiles>> {
    const { profiles } = await this.user.listProfiles({});
    return { profiles: profiles.map(toProfileResponse) };
  }

  @Handles(getProfile)
  async get(@Input(getProfile) { params }: InputOf<typeof getProfile>): Promise<ProfileResponse> {
    const { profile } = await this.user.getProfile({ profileId: params.id });
    return toProfileResponse(required(profile, 'profile'));
  }

  @Handles(listContinueWatching)
  async listContinueWatching(
    @Input(listContinueWatching) { params }: InputOf<typeof listContinueWatching>,
  ): Promise<ResponseOf<typeof listContinueWatching>> {
    return { entries: await this.continueWatching.list(params.id) };
  }
}
