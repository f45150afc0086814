import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access } from '@viernes/platform';
import { toChangePageMessage } from '../change/change.message.js';
import { toPersonMessage } from '../person/person.message.js';
import { PersonRepository } from '../person/person.repository.js';
import { ListPersonChanges } from './list-person-changes.service.js';
import { ListPersonChangesRequest, ReplacePersonRequest } from './person-editing.requests.js';
import { ReplacePerson } from './replace-person.service.js';

@Controller()
export class PersonEditingController {
  constructor(
    private readonly replace: ReplacePerson,
    private readonly people: PersonRepository,
    private readonly listChanges: ListPersonChanges,
  ) {}

  @GrpcMethod('CatalogService', 'replacePerson')
  @Access('editor')
  async replacePerson(
    @Payload({ schema: ReplacePersonRequest }) request: ReplacePersonRequest,
  ): Promise<catalogV1.ReplacePersonResponse> {
    await this.replace.run(request);
    return { person: toPersonMessage(await this.people.get(request.personId)) };
  }

  @GrpcMethod('CatalogService', 'listPersonChanges')
  @Access('editor')
  async listPersonChanges(
    @Payload({ schema: ListPersonChangesRequest }) request: ListPersonChangesRequest,
  ): Promise<catalogV1.ListPersonChangesResponse> {
    return toChangePageMessage(await this.listChanges.run(request));
  }
}
