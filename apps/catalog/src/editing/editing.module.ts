import { Module } from '@nestjs/common';
import { PersonModule } from '../person/person.module.js';
import { SearchModule } from '../search/search.module.js';
import { TitleModule } from '../title/title.module.js';
import { CreateTitle } from './create-title.service.js';
import { EditingController } from './editing.controller.js';
import { ImportTitles } from './import-titles.service.js';
import { SaveTitles } from './save-titles.service.js';

@Module({
  imports: [TitleModule, PersonModule, SearchModule],
  controllers: [EditingController],
  providers: [SaveTitles, CreateTitle, ImportTitles],
})
export class EditingModule {}
