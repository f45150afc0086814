import { Controller, Inject } from '@nestjs/common';
import { Handles, type ResponseOf } from '@viernes/gateway';
import { USER, type UserClient } from '../upstream/upstream.js';
import { toProfileResponse } from './profile.response.js';
import { listProfiles } from './profile.operations.js';

@Controller()
export class ProfileController {
  constructor(@Inject(USER) private readonly user: UserClient) {}

  @Handles(listProfiles)
  async list(): Promise<ResponseOf<typeof listProfiles>> {
    const { profiles } = await this.user.listProfiles({});
    return { profiles: profiles.map(toProfileResponse) };
  }
}
