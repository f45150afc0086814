import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { ProfileRepository } from './profile.repository.js';

@Controller()
export class ProfileController {
  constructor(private readonly profiles: ProfileRepository) {}

  @GrpcMethod('UserService', 'listProfiles')
  @Access('account')
  async listProfiles(@CurrentCaller() { accountId }: Caller): Promise<userV1.ListProfilesResponse> {
    return { profiles: await this.profiles.list(accountId) };
  }
}
