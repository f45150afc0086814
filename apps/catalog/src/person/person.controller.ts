import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access, uuid } from '@viernes/platform';
import { z } from 'zod';
import { toCreditMessage } from './credit.message.js';
import { CreditRepository } from './credit.repository.js';
import { toPersonMessage } from './person.message.js';
import { PersonRepository } from './person.repository.js';

/** Accepts any text. If it is neither the ID nor the slug of a person, the person does not exist. */
const GetPersonRequest = z.object({ personId: z.string() });

type GetPersonRequest = z.infer<typeof GetPersonRequest>;

const BatchGetCreditsRequest = z.object({ titleIds: z.array(uuid).max(100) });

type BatchGetCreditsRequest = z.infer<typeof BatchGetCreditsRequest>;

@Controller()
export class PersonController {
  constructor(
    private readonly people: PersonRepository,
    private readonly credits: CreditRepository,
  ) {}

  @GrpcMethod('CatalogService', 'getPerson')
  @Access('public')
  async getPerson(
    @Payload({ schema: GetPersonRequest }) { personId }: GetPersonRequest,
  ): Promise<catalogV1.GetPersonResponse> {
    return { person: toPersonMessage(await this.people.get(personId)) };
  }

  @GrpcMethod('CatalogService', 'batchGetCredits')
  @Access('public')
  async batchGetCredits(
    @Payload({ schema: BatchGetCreditsRequest }) { titleIds }: BatchGetCreditsRequest,
  ): Promise<catalogV1.BatchGetCreditsResponse> {
    const found = await this.credits.listByTitles(titleIds);
    return { titles: Array.from(found, ([titleId, credits]) => ({ titleId, credits: credits.map(toCreditMessage) })) };
  }
}
