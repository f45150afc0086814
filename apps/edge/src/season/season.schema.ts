import { uuid } from '@viernes/platform';
import { z } from 'zod';

export const episode = z
  .object({
    id: uuid,
    seasonNumber: z.int(),
    number: z.int(),
    name: z.string(),
    synopsis: z.string(),
    runtimeMinutes: z.int().nullable(),
    releasedOn: z.iso.date().nullable(),
    isPlayable: z.boolean(),
    durationMs: z.int().nullable(),
  })
  .meta({ id: 'Episode', description: 'Upload and play an episode with its ID in place of the ID of a title' });

export type EpisodeResponse = z.infer<typeof episode>;

export const season = z
  .object({
    number: z.int().describe('0 is a season of specials'),
    name: z.string().describe('Empty if the season has only a number'),
    synopsis: z.string(),
    releaseYear: z.int().nullable(),
    episodes: z.array(episode),
  })
  .meta({
    id: 'Season',
    examples: [
      {
        number: 1,
        name: '',
        synopsis: 'A night train between two cities that do not exist.',
        releaseYear: 2026,
        episodes: [
          {
            id: '7a0e2c4d-5b6f-4a1e-9c3d-2e8f0b1a6c5d',
            seasonNumber: 1,
            number: 1,
            name: 'Departure',
            synopsis: 'The last passenger boards without a ticket.',
            runtimeMinutes: 42,
            releasedOn: '2026-06-05',
            isPlayable: false,
            durationMs: null,
          },
        ],
      },
    ],
  });

export type SeasonResponse = z.infer<typeof season>;
