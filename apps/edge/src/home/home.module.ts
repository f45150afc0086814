import { Module } from '@nestjs/common';
import { ProfileModule } from '../profile/profile.module.js';
import { ComposeHome } from './compose-home.service.js';
import { HomeController } from './home.controller.js';

@Module({ imports: [ProfileModule], controllers: [HomeController], providers: [ComposeHome] })
export class HomeModule {}
