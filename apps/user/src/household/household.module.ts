import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountModule } from '../account/account.module.js';
import { ProfileEntity } from '../profile/profile.entity.js';
import { ProfileModule } from '../profile/profile.module.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { SessionModule } from '../session/session.module.js';
import { CreateProfile } from './create-profile.service.js';
import { DeleteProfile } from './delete-profile.service.js';
import { HouseholdController } from './household.controller.js';
import { HouseholdRepository } from './household.repository.js';
import { PinRepository } from './pin.repository.js';
import { ProfilePins } from './profile-pins.js';
import { SelectProfile } from './select-profile.service.js';
import { UpdateProfile } from './update-profile.service.js';

/** Manages the profiles of an account, and selects the one that a session acts for. */
@Module({
  imports: [
    TypeOrmModule.forFeature([ProfileEntity]),
    AccountModule,
    ProfileModule,
    SecurityEventModule,
    SessionModule,
  ],
  controllers: [HouseholdController],
  providers: [
    HouseholdRepository,
    PinRepository,
    ProfilePins,
    CreateProfile,
    UpdateProfile,
    DeleteProfile,
    SelectProfile,
  ],
})
export class HouseholdModule {}
