import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { TITLES_TAG } from '../response-cache/cache-tags.js';
import { idOrSlug } from '../request/request-fields.js';
import { person } from './person.schema.js';

export const getPerson = defineOperation({
  operationId: 'getPerson',
  method: 'GET',
  path: '/v1/people/:id',
  tag: 'titles',
  summary: 'Get a person who is credited in titles',
  auth: 'optional',
  scope: 'catalog:read',
  params: z.strictObject({ id: idOrSlug }),
  cache: { ttlSeconds: 30, staleSeconds: 60, tags: () => [TITLES_TAG] },
  returnsEntityTag: true,
  acceptsPosition: true,
  success: {
    status: 200,
    description: 'The person',
    schema: person,
  },
  errors: ['PERSON_NOT_FOUND'],
});

export const personOperations = [getPerson];
