import { Module } from '@nestjs/common';
import { ChangeModule } from '../change/change.module.js';
import { PersonModule } from '../person/person.module.js';
import { PopularityModule } from '../popularity/popularity.module.js';
import { SearchModule } from '../search/search.module.js';
import { TitleModule } from '../title/title.module.js';
import { CreateTitle } from './create-title.service.js';
import { EditingController } from './editing.controller.js';
import { ImportTitles } from './import-titles.service.js';
import { ListTitleChanges } from './list-title-changes.service.js';
import { DeleteTitle } from './delete-title.service.js';
import { ReplaceTitle } from './replace-title.service.js';
import { RestoreTitle } from './restore-title.service.js';
import { SaveTitles } from './save-titles.service.js';
import { TitleDeletion } from './title-deletion.js';

@Module({
  imports: [ChangeModule, TitleModule, PersonModule, PopularityModule, SearchModule],
  controllers: [EditingController],
  providers: [
    SaveTitles,
    TitleDeletion,
    CreateTitle,
    ReplaceTitle,
    DeleteTitle,
    RestoreTitle,
    ImportTitles,
    ListTitleChanges,
  ],
  exports: [SaveTitles],
})
export class EditingModule {}
