import { Module } from '@nestjs/common';
import { PersonModule } from '../person/person.module.js';
import { SearchModule } from '../search/search.module.js';
import { PersonEditingController } from './person-editing.controller.js';
import { ReplacePerson } from './replace-person.service.js';

@Module({ imports: [PersonModule, SearchModule], controllers: [PersonEditingController], providers: [ReplacePerson] })
export class PersonEditingModule {}
