import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { USER, type UserClient } from '../upstream/upstream.js';
import { ContinueWatching } from './continue-watching.js';
import { listContinueWatching, listProfiles } from './profile.operations.js';
import { toProfileResponse } from './profile.response.js';

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

  @Handles(listContinueWatching)
  async listContinueWatching(
    @Input(listContinueWatching) { params }: InputOf<typeof listContinueWatching>,
  ): Promise<ResponseOf<typeof listContinueWatching>> {
    return { entries: await this.continueWatching.list(params.id) };
  }
}
