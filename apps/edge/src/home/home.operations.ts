import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { title } from '../title/title.operations.js';

const homeTitle = title
  .extend({ progress: z.object({ positionMs: z.int(), durationMs: z.int() }).optional() })
  .meta({ id: 'HomeTitle' });

const home = z
  .object({
    rows: z.array(
      z
        .object({ id: z.string().describe('Stable: continue-watching'), name: z.string(), titles: z.array(homeTitle) })
        .meta({ id: 'HomeRow' }),
    ),
    unavailableSources: z.array(z.enum(['catalog', 'user'])).describe('Sources of rows that did not answer in time'),
  })
  .meta({ id: 'Home' });

export type HomeResponse = z.infer<typeof home>;
export type HomeRowResponse = HomeResponse['rows'][number];

export const getHome = defineOperation({
  operationId: 'getHome',
  method: 'GET',
  path: '/v1/home',
  tag: 'home',
  summary: 'The home screen; what does not answer in time is left out and named',
  bearer: 'optional',
  query: z.strictObject({ profileId: z.uuid().optional().describe("Adds the profile's own row; needs a token") }),
  success: { status: 200, description: 'The rows that could be had', schema: home },
  errors: ['PROFILE_NOT_FOUND'],
});

export const homeOperations = [getHome];
