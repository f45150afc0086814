import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { multilineText, optionalTextLine, textLine } from '../request/request-fields.js';

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
  .meta({ id: 'Episode', description: 'To upload or play an episode, use its ID in place of the ID of a title' });

export type EpisodeResponse = z.infer<typeof episode>;

export const season = z
  .object({
    number: z.int().describe('0 is a season of specials'),
    name: z.string().describe('Empty if the season has only a number'),
    synopsis: z.string(),
    releaseYear: z.int().nullable(),
    episodes: z.array(episode),
    revision: z.int().describe('Increases with each change by an editor'),
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
        revision: 1,
      },
    ],
  });

export type SeasonResponse = z.infer<typeof season>;

export const seasonNumber = z.coerce.number().int().min(0).max(500);

export const episodeNumber = z.coerce.number().int().min(0).max(2_000);

const episodeInputFields = {
  name: textLine(200),
  synopsis: multilineText.optional(),
  runtimeMinutes: z.int().min(1).max(6_000).optional(),
  releasedOn: z.iso.date().optional(),
};

export const episodeInput = z
  .strictObject(episodeInputFields)
  .meta({ id: 'EpisodeInput', examples: [{ name: 'Departure', runtimeMinutes: 42 }] });

export type EpisodeInput = z.infer<typeof episodeInput>;

export const episodePatch = z.strictObject(toPatchFields(episodeInputFields)).meta({
  id: 'EpisodePatch',
  description: 'Fields of an `EpisodeInput`. `null` removes an optional field.',
  examples: [{ name: 'Arrival', runtimeMinutes: null }],
});

const seasonInputFields = {
  name: optionalTextLine(200).optional(),
  synopsis: multilineText.optional(),
  releaseYear: z.int().min(1888).max(2100).optional(),
  episodes: z
    .array(z.strictObject({ number: z.int().min(0).max(2_000), ...episodeInputFields }))
    .max(400)
    .describe('Each number must be unique'),
};

const exampleInput = { releaseYear: 2026, episodes: [{ number: 1, name: 'Departure', runtimeMinutes: 42 }] };

export const seasonInput = z.strictObject(seasonInputFields).meta({ id: 'SeasonInput', examples: [exampleInput] });

export type SeasonInput = z.infer<typeof seasonInput>;

export const newSeason = z
  .strictObject({ number: z.int().min(0).max(500).describe('0 is a season of specials'), ...seasonInputFields })
  .meta({ id: 'NewSeason', examples: [{ number: 1, ...exampleInput }] });

export const seasonPatch = z.strictObject(toPatchFields(seasonInputFields)).meta({
  id: 'SeasonPatch',
  description: 'Fields of a `SeasonInput`. `null` removes an optional field. A list replaces the complete list.',
  examples: [{ name: 'The Night Train', releaseYear: null }],
});

/** Makes all fields optional. `null` removes those that an input can omit. */
function toPatchFields(fields: Readonly<Record<string, z.ZodType>>): Readonly<Record<string, z.ZodType>> {
  const patched = Object.entries(fields).map(([name, field]) => {
    const canBeRemoved = field.safeParse(undefined).success;
    return [name, (canBeRemoved ? z.nullable(field) : field).optional()] as const;
  });
  return Object.fromEntries(patched);
}
