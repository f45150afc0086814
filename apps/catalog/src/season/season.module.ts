import { Module } from '@nestjs/common';
import { ChangeModule } from '../change/change.module.js';
import { PublicationModule } from '../publication/publication.module.js';
import { TitleModule } from '../title/title.module.js';
import { EditSeasons } from './edit-seasons.service.js';
import { ListSeasonChanges } from './list-season-changes.service.js';
import { SeasonController } from './season.controller.js';
import { SeasonRepository } from './season.repository.js';

@Module({
  imports: [ChangeModule, TitleModule, PublicationModule],
  controllers: [SeasonController],
  providers: [SeasonRepository, EditSeasons, ListSeasonChanges],
})
export class SeasonModule {}
