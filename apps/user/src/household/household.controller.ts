import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Idempotent } from '@viernes/database';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { CreateProfile } from './create-profile.service.js';
import { DeleteProfile } from './delete-profile.service.js';
import {
  CreateProfileRequest,
  DeleteProfileRequest,
  RemoveProfilePinRequest,
  SelectProfileRequest,
  SetProfilePinRequest,
  UpdateProfileRequest,
} from './household.requests.js';
import { ProfilePins } from './profile-pins.js';
import { SelectProfile } from './select-profile.service.js';
import { UpdateProfile } from './update-profile.service.js';

@Controller()
@Access('household')
export class HouseholdController {
  constructor(
    private readonly create: CreateProfile,
    private readonly update: UpdateProfile,
    private readonly remove: DeleteProfile,
    private readonly select: SelectProfile,
    private readonly pins: ProfilePins,
  ) {}

  @GrpcMethod('UserService', 'createProfile')
  @Idempotent(userV1.UserServiceService.createProfile)
  async createProfile(
    @Payload({ schema: CreateProfileRequest }) request: CreateProfileRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.CreateProfileResponse> {
    return { profile: await this.create.run(caller, request) };
  }

  @GrpcMethod('UserService', 'updateProfile')
  async updateProfile(
    @Payload({ schema: UpdateProfileRequest }) request: UpdateProfileRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.UpdateProfileResponse> {
    return { profile: await this.update.run(caller, request) };
  }

  @GrpcMethod('UserService', 'deleteProfile')
  async deleteProfile(
    @Payload({ schema: DeleteProfileRequest }) { profileId }: DeleteProfileRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.DeleteProfileResponse> {
    await this.remove.run(caller, profileId);
    return {};
  }

  @GrpcMethod('UserService', 'setProfilePin')
  async setProfilePin(
    @Payload({ schema: SetProfilePinRequest }) { profileId, pin }: SetProfilePinRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.SetProfilePinResponse> {
    await this.pins.set(caller, profileId, pin);
    return {};
  }

  @GrpcMethod('UserService', 'removeProfilePin')
  @Access('account')
  async removeProfilePin(
    @Payload({ schema: RemoveProfilePinRequest }) { profileId, password }: RemoveProfilePinRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.RemoveProfilePinResponse> {
    await this.pins.remove(caller, profileId, password);
    return {};
  }

  @GrpcMethod('UserService', 'selectProfile')
  @Access('account')
  async selectProfile(
    @Payload({ schema: SelectProfileRequest }) request: SelectProfileRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.SelectProfileResponse> {
    const { profile, access } = await this.select.run(caller, request);
    return { profile, accessToken: access.token, accessExpiresAt: access.expiresAt.toISOString() };
  }
}
