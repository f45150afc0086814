import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { catalogV1 } from '@viernes/contracts';
import { Idempotent } from '@viernes/database';
import { Access } from '@viernes/platform';
import { toChangePageMessage } from '../change/change.message.js';
import { toPersonMessage } from '../person/person.message.js';
import { PersonRepository } from '../person/person.repository.js';
import { CreatePerson } from './create-person.service.js';
import { DeletePerson } from './delete-person.service.js';
import { ListPersonChanges } from './list-person-changes.service.js';
import {
  CreatePersonRequest,
  DeletePersonRequest,
  ListPersonChangesRequest,
  ReplacePersonRequest,
  RestorePersonRequest,
} from './person-editing.requests.js';
import { ReplacePerson } from './replace-person.service.js';
import { RestorePerson } from './restore-person.service.js';

@Controller()
export class PersonEditingController {
  constructor(
    private readonly create: CreatePerson,
    private readonly replace: ReplacePerson,
    private readonly remove: DeletePerson,
    private readonly restore: RestorePerson,
    private readonly people: PersonRepository,
    private readonly listChanges: ListPersonChanges,
  ) {}

  @GrpcMethod('CatalogService', 'createPerson')
  @Access('editor')
  @Idempotent(catalogV1.CatalogServiceService.createPerson)
  async createPerson(
    @Payload({ schema: CreatePersonRequest }) request: CreatePersonRequest,
  ): Promise<catalogV1.CreatePersonResponse> {
    return { person: toPersonMessage(await this.people.get(await this.create.run(request))) };
  }

  @GrpcMethod('CatalogService', 'replacePerson')
  @Access('editor')
  async replacePerson(
    @Payload({ schema: ReplacePersonRequest }) request: ReplacePersonRequest,
  ): Promise<catalogV1.ReplacePersonResponse> {
    await this.replace.run(request);
    return { person: toPersonMessage(await this.people.get(request.personId)) };
  }

  @GrpcMethod('CatalogService', 'deletePerson')
  @Access('editor')
  async deletePerson(
    @Payload({ schema: DeletePersonRequest }) { personId, revision }: DeletePersonRequest,
  ): Promise<catalogV1.DeletePersonResponse> {
    await this.remove.run(personId, revision);
    return {};
  }

  @GrpcMethod('CatalogService', 'restorePerson')
  @Access('editor')
  @Idempotent(catalogV1.CatalogServiceService.restorePerson)
  async restorePerson(
    @Payload({ schema: RestorePersonRequest }) { personId }: RestorePersonRequest,
  ): Promise<catalogV1.RestorePersonResponse> {
    await this.restore.run(personId);
    return { person: toPersonMessage(await this.people.get(personId)) };
  }

  @GrpcMethod('CatalogService', 'listPersonChanges')
  @Access('editor')
  async listPersonChanges(
    @Payload({ schema: ListPersonChangesRequest }) request: ListPersonChangesRequest,
  ): Promise<catalogV1.ListPersonChangesResponse> {
    return toChangePageMessage(await this.listChanges.run(request));
  }
}
