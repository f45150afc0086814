import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { z } from 'zod';
import { ProfileRepository } from './profile.repository.js';

const GetProfileRequest = z.object({ profileId: z.string().max(100) });
type GetProfileRequest = z.infer<typeof GetProfileRequest>;

@Controller()
@Access('account')
export class ProfileController {
  constructor(private readonly profiles: ProfileRepository) {}

  @GrpcMethod('UserService', 'listProfiles')
  async listProfiles(@CurrentCaller() { accountId }: Caller): Promise<userV1.ListProfilesResponse> {
    return { profiles: await this.profiles.list(accountId) };
  }

  @GrpcMethod('UserService', 'getProfile')
  async getProfile(
    @Payload({ schema: GetProfileRequest }) { profileId }: GetProfileRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.GetProfileResponse> {
    return { profile: await this.profiles.get(accountId, profileId) };
  }
}
