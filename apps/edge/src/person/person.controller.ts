import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf } from '@viernes/gateway';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { getPerson } from './person.operations.js';
import { toPersonResponse } from './person.response.js';
import type { PersonResponse } from './person.schema.js';

@Controller()
export class PersonController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(getPerson)
  async get(@Input(getPerson) { params }: InputOf<typeof getPerson>): Promise<PersonResponse> {
    const { person } = await this.catalog.getPerson({ personId: params.id });
    return toPersonResponse(person);
  }
}
