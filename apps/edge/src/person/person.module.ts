import { Module } from '@nestjs/common';
import { PersonController } from './person.controller.js';

@Module({ controllers: [PersonController] })
export class PersonModule {}
