import { Controller, Inject, Req, Res } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Handles, Input, matchesIfMatch, type InputOf, type ResponseOf } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toChangePageResponse } from '../change/change.response.js';
import { toPersonResponse } from '../person/person.response.js';
import { person, type PersonInput, type PersonResponse } from '../person/person.schema.js';
import { withBodyPaths } from '../request/body-paths.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import {
  createPerson,
  deletePerson,
  listPersonChanges,
  patchPerson,
  replacePerson,
  restorePerson,
} from './person-editing.operations.js';

@Controller()
export class PersonEditingController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(createPerson)
  async create(
    @Input(createPerson) { body: { name, slug } }: InputOf<typeof createPerson>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonResponse> {
    const created = await withBodyPaths('person', this.catalog.createPerson({ person: { name, slug } }));
    const response = toPersonResponse(created.person);
    reply.header('location', `/v1/people/${response.id}`);
    return response;
  }

  @Handles(replacePerson)
  async replace(
    @Input(replacePerson) { params, body }: InputOf<typeof replacePerson>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonResponse> {
    return this.save(await this.getMatching(params.id, request), body, reply);
  }

  @Handles(patchPerson)
  async patch(
    @Input(patchPerson) { params, body }: InputOf<typeof patchPerson>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonResponse> {
    const current = await this.getMatching(params.id, request);
    return this.save(current, { name: current.name, ...body }, reply);
  }

  @Handles(deletePerson)
  async delete(
    @Input(deletePerson) { params }: InputOf<typeof deletePerson>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { id: personId, revision } = await this.getMatching(params.id, request);
    await this.catalog.deletePerson({ personId, revision });
  }

  @Handles(restorePerson)
  async restore(
    @Input(restorePerson) { params }: InputOf<typeof restorePerson>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonResponse> {
    const { person: restored } = await this.catalog.restorePerson({ personId: params.id });
    reply.header('content-location', `/v1/people/${params.id}`);
    return toPersonResponse(restored);
  }

  @Handles(listPersonChanges)
  async listChanges(
    @Input(listPersonChanges) { params, query }: InputOf<typeof listPersonChanges>,
  ): Promise<ResponseOf<typeof listPersonChanges>> {
    const request = { personId: params.id, pageSize: 0, cursor: '', ...query };
    return toChangePageResponse(await this.catalog.listPersonChanges(request));
  }

  /** Returns the current person if `If-Match` matches it. @throws CodedError PERSON_NOT_FOUND, PERSON_CHANGED */
  private async getMatching(personId: string, { headers }: FastifyRequest): Promise<PersonResponse> {
    const response = await this.catalog.getPerson({ personId });
    const current = toPersonResponse(response.person);
    if (!matchesIfMatch(headers['if-match'], current, person)) throw new CodedError('PERSON_CHANGED', { personId });
    return current;
  }

  private async save(
    { id: personId, revision }: PersonResponse,
    { name, slug }: PersonInput,
    reply: FastifyReply,
  ): Promise<PersonResponse> {
    const request = { personId, revision, person: { name, slug } };
    const response = await withBodyPaths('person', this.catalog.replacePerson(request));
    reply.header('content-location', `/v1/people/${personId}`);
    return toPersonResponse(response.person);
  }
}
