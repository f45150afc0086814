import { Controller, Inject } from '@nestjs/common';
import { CREDIT_ROLES } from '@viernes/contracts';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { required } from '../upstream/required.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { getPerson } from './person.operations.js';

@Controller()
export class PersonController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(getPerson)
  async get(@Input(getPerson) { params }: InputOf<typeof getPerson>): Promise<ResponseOf<typeof getPerson>> {
    const { person } = await this.catalog.getPerson({ personId: params.id });
    const { roles, ...fields } = required(person, 'person');
    return { ...fields, roles: roles.map((role) => required(CREDIT_ROLES[role - 1], 'role')) };
  }
}
