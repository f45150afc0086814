import { Module } from '@nestjs/common';
import { PersonModule } from '../person/person.module.js';
import { PopularityModule } from '../popularity/popularity.module.js';
import { SearchModule } from '../search/search.module.js';
import { TitleModule } from '../title/title.module.js';
import { AnonymizeChanges } from './anonymize-changes.handler.js';
import { CreateTitle } from './create-title.service.js';
import { EditingController } from './editing.controller.js';
import { ImportTitles } from './import-titles.service.js';
import { DeleteTitle } from './delete-title.service.js';
import { ReplaceTitle } from './replace-title.service.js';
import { RestoreTitle } from './restore-title.service.js';
import { SaveTitles } from './save-titles.service.js';
import { TitleChangeRepository } from './title-change.repository.js';
import { TitleVisibility } from './title-visibility.js';

@Module({
  imports: [TitleModule, PersonModule, PopularityModule, SearchModule],
  controllers: [EditingController],
  providers: [
    SaveTitles,
    TitleVisibility,
    TitleChangeRepository,
    CreateTitle,
    ReplaceTitle,
    DeleteTitle,
    RestoreTitle,
    ImportTitles,
    AnonymizeChanges,
  ],
})
export class EditingModule {}
