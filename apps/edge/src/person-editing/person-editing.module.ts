import { Module } from '@nestjs/common';
import { PersonEditingController } from './person-editing.controller.js';

@Module({ controllers: [PersonEditingController] })
export class PersonEditingModule {}
