import { Module } from '@nestjs/common';
import { CreditRepository } from './credit.repository.js';
import { PersonController } from './person.controller.js';
import { PersonRepository } from './person.repository.js';

@Module({
  controllers: [PersonController],
  providers: [PersonRepository, CreditRepository],
  exports: [PersonRepository],
})
export class PersonModule {}
