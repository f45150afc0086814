import { Module } from '@nestjs/common';
import { PersonController } from './person.controller.js';
import { PersonRepository } from './person.repository.js';

@Module({ controllers: [PersonController], providers: [PersonRepository], exports: [PersonRepository] })
export class PersonModule {}
