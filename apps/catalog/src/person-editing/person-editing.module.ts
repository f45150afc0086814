import { Module } from '@nestjs/common';
import { ChangeModule } from '../change/change.module.js';
import { EditingModule } from '../editing/editing.module.js';
import { PersonModule } from '../person/person.module.js';
import { SearchModule } from '../search/search.module.js';
import { TitleModule } from '../title/title.module.js';
import { CreatePerson } from './create-person.service.js';
import { DeletePerson } from './delete-person.service.js';
import { ListPersonChanges } from './list-person-changes.service.js';
import { PersonCredits } from './person-credits.js';
import { PersonEditingController } from './person-editing.controller.js';
import { ReplacePerson } from './replace-person.service.js';
import { RestorePerson } from './restore-person.service.js';

@Module({
  imports: [ChangeModule, EditingModule, PersonModule, SearchModule, TitleModule],
  controllers: [PersonEditingController],
  providers: [PersonCredits, CreatePerson, ReplacePerson, DeletePerson, RestorePerson, ListPersonChanges],
})
export class PersonEditingModule {}
