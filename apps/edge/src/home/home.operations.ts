import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { HOME_TAG } from '../response-cache/cache-tags.js';
import { episode } from '../season/season.schema.js';
import { exampleTitle, title } from '../title/title.schema.js';
import { toHomeJson } from './home-json.js';

const progress = z
  .object({ positionMs: z.int(), durationMs: z.int() })
  .meta({ id: 'WatchProgress', examples: [{ positionMs: 1_320_000, durationMs: 9_180_000 }] });

const homeTitle = title
  .extend({
    progress: progress.optional().describe('Only in the row `continue-watching`'),
    episode: episode
      .optional()
      .describe('Only in the row `continue-watching`: the episode of the series to continue with'),
  })
  .meta({
    id: 'HomeTitle',
    examples: [{ ...exampleTitle, progress: { positionMs: 1_320_000, durationMs: 9_180_000 } }],
  });

const homeRow = z
  .object({
    id: z.string().describe('Stable, for example `continue-watching` or `my-list`'),
    name: z.string().describe('Heading to display'),
    titles: z.array(homeTitle),
  })
  .meta({ id: 'HomeRow' });

const homeSource = z.enum(['catalog', 'user']).meta({ id: 'HomeSource' });

const home = z
  .object({
    rows: z.array(homeRow),
    unavailableSources: z.array(homeSource).describe('Services that failed or did not respond in time'),
  })
  .meta({
    id: 'Home',
    examples: [{ rows: [{ id: 'popular', name: 'Popular', titles: [exampleTitle] }], unavailableSources: ['user'] }],
  });

export type HomeResponse = z.infer<typeof home>;
export type HomeRowResponse = z.infer<typeof homeRow>;
export type HomeSource = z.infer<typeof homeSource>;

export const getHome = defineOperation({
  operationId: 'getHome',
  method: 'GET',
  path: '/v1/home',
  tag: 'home',
  summary: 'Get the rows of the home page; omits the rows of unavailable services and names those services',
  auth: 'optional',
  scope: 'catalog:read',
  query: z.strictObject({
    profileId: uuid
      .optional()
      .describe(
        'Adds the rows `continue-watching` and, if the session has selected the profile, `my-list`. Requires a token.',
      ),
  }),
  cache: { ttlSeconds: 10, staleSeconds: 60, tags: () => [HOME_TAG] },
  acceptsPosition: true,
  success: { status: 200, description: 'The available rows', schema: home, toJson: toHomeJson },
  errors: ['PROFILE_NOT_FOUND', 'PIN_REQUIRED', 'PROFILE_NOT_SELECTED'],
});

export const homeOperations = [getHome];
