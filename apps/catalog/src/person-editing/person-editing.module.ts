import { Module } from '@nestjs/common';
import { ChangeModule } from '../change/change.module.js';
import { PersonModule } from '../person/person.module.js';
import { SearchModule } from '../search/search.module.js';
import { ListPersonChanges } from './list-person-changes.service.js';
import { PersonEditingController } from './person-editing.controller.js';
import { ReplacePerson } from './replace-person.service.js';

@Module({
  imports: [ChangeModule, PersonModule, SearchModule],
  controllers: [PersonEditingController],
  providers: [ReplacePerson, ListPersonChanges],
})
export class PersonEditingModule {}
