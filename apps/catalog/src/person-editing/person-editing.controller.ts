import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access } from '@viernes/platform';
import { toPersonMessage } from '../person/person.message.js';
import { PersonRepository } from '../person/person.repository.js';
import { ReplacePersonRequest } from './person-editing.requests.js';
import { ReplacePerson } from './replace-person.service.js';

@Controller()
export class PersonEditingController {
  constructor(
    private readonly replace: ReplacePerson,
    private readonly people: PersonRepository,
  ) {}

  @GrpcMethod('CatalogService', 'replacePerson')
  @Access('editor')
  async replacePerson(
    @Payload({ schema: ReplacePersonRequest }) request: ReplacePersonRequest,
  ): Promise<catalogV1.ReplacePersonResponse> {
    await this.replace.run(request);
    return { person: toPersonMessage(await this.people.get(request.personId)) };
  }
}
