import { Module } from '@nestjs/common';
import { PublicationModule } from '../publication/publication.module.js';
import { TitleModule } from '../title/title.module.js';
import { EditSeasons } from './edit-seasons.service.js';
import { SeasonController } from './season.controller.js';
import { SeasonRepository } from './season.repository.js';

@Module({
  imports: [TitleModule, PublicationModule],
  controllers: [SeasonController],
  providers: [SeasonRepository, EditSeasons],
})
export class SeasonModule {}
