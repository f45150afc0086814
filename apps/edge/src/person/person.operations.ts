import { CREDIT_ROLES } from '@viernes/contracts';
import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { TITLES_TAG } from '../response-cache/cache-tags.js';
import { idOrSlug } from '../request/request-fields.js';

export const getPerson = defineOperation({
  operationId: 'getPerson',
  method: 'GET',
  path: '/v1/people/:id',
  tag: 'titles',
  summary: 'Get a person who is credited in titles',
  auth: 'optional',
  params: z.strictObject({ id: idOrSlug }),
  cache: { ttlSeconds: 30, staleSeconds: 60, tags: () => [TITLES_TAG] },
  acceptsPosition: true,
  success: {
    status: 200,
    description: 'The person',
    schema: z
      .object({
        id: uuid,
        name: z.string(),
        slug: z.string().describe('Identifies the person in URLs, unique'),
        roles: z.array(z.enum(CREDIT_ROLES)).describe('Most titles first'),
        titleCount: z.int(),
      })
      .meta({
        id: 'Person',
        examples: [
          {
            id: '9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10',
            name: 'Fritz Lang',
            slug: 'fritz-lang',
            roles: ['director', 'writer'],
            titleCount: 12,
          },
        ],
      }),
  },
  errors: ['PERSON_NOT_FOUND'],
});

export const personOperations = [getPerson];
