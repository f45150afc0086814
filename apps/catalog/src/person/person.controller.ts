import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { CREDIT_ROLES, type catalogV1 } from '@viernes/contracts';
import { Access } from '@viernes/platform';
import { z } from 'zod';
import { PersonRepository } from './person.repository.js';

/** Accepts any text. If it is neither the ID nor the slug of a person, the person does not exist. */
const GetPersonRequest = z.object({ personId: z.string() });

type GetPersonRequest = z.infer<typeof GetPersonRequest>;

@Controller()
export class PersonController {
  constructor(private readonly people: PersonRepository) {}

  @GrpcMethod('CatalogService', 'getPerson')
  @Access('public')
  async getPerson(
    @Payload({ schema: GetPersonRequest }) { personId }: GetPersonRequest,
  ): Promise<catalogV1.GetPersonResponse> {
    const { roles, ...person } = await this.people.get(personId);
    return { person: { ...person, roles: roles.map((role) => CREDIT_ROLES.indexOf(role) + 1) } };
  }
}
