import {
  ARTWORK_KINDS,
  ARTWORK_URL,
  COUNTRY_CODES,
  CREDIT_ROLES,
  LANGUAGE_TAG,
  MATURITY_RATING_NAMES,
  SLUG,
} from '@viernes/contracts';
import { fieldError, uuid } from '@viernes/platform';
import { z } from 'zod';
import { genre, multilineText, optionalTextLine, textLine } from '../request/request-fields.js';
import { season } from '../season/season.schema.js';

export const titleKind = z.enum(['film', 'series']).meta({ id: 'TitleKind' });

export const exampleTitle = {
  id: '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f',
  kind: 'film',
  name: 'Metropolis',
  slug: 'metropolis-1927',
  synopsis: 'The son of a city planner falls in love with a working-class prophet.',
  releaseYear: 1927,
  genres: ['Science fiction', 'Drama'],
  directors: ['Fritz Lang'],
  maturityRating: 'NR',
  minimumAge: null,
  runtimeMinutes: 153,
  seasonCount: null,
  score: 8.2,
  artwork: [],
  isPlayable: true,
  assetId: '6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001',
  durationMs: 9_180_000,
  createdAt: '2026-06-05T20:15:00.000Z',
} as const;

export const maturityRating = z.enum(MATURITY_RATING_NAMES).meta({ id: 'MaturityRating' });

export const countryCode = z.enum(COUNTRY_CODES).meta({ id: 'CountryCode', description: 'ISO 3166-1 alpha-2' });

const artwork = z
  .strictObject({
    kind: z.enum(ARTWORK_KINDS),
    url: z.string().max(2_000).regex(ARTWORK_URL).describe('HTTPS URL, or a path of the platform'),
    widthPx: z.int().min(1).max(20_000),
    heightPx: z.int().min(1).max(20_000),
    alternativeText: optionalTextLine(300).describe('Describes the image for people who cannot see it'),
  })
  .meta({ id: 'Artwork' });

const availabilityWindow = z
  .strictObject({ startsAt: z.iso.datetime(), endsAt: z.iso.datetime().optional() })
  .meta({ id: 'AvailabilityWindow', description: 'Includes the start and excludes the end' });

/** A timestamp with any offset from UTC, as RFC 3339 allows. */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const credit = z
  .object({
    personId: uuid,
    name: z.string(),
    role: z.enum(CREDIT_ROLES),
    character: z.string().nullable(),
  })
  .meta({ id: 'Credit' });

export const title = z
  .object({
    id: uuid,
    kind: titleKind,
    name: z.string(),
    slug: z.string().describe('Unique. Identifies the title in URLs'),
    synopsis: z.string(),
    releaseYear: z.int().nullable(),
    genres: z.array(z.string()),
    directors: z.array(z.string()),
    maturityRating: maturityRating.nullable(),
    minimumAge: z.int().nullable().describe('Minimum age of the maturity rating. Null for an unrated title.'),
    runtimeMinutes: z.int().nullable(),
    seasonCount: z.int().nullable().describe('Number of seasons of a series'),
    score: z.number().nullable().describe('Mean score from external ratings, 0 to 10'),
    artwork: z.array(artwork),
    isPlayable: z.boolean(),
    assetId: uuid.nullable().describe('Null if the title is not playable'),
    durationMs: z.int().nullable(),
    createdAt: z.iso.datetime(),
    credits: z.array(credit).optional().describe('Present only if the request includes them'),
  })
  .meta({ id: 'Title', examples: [exampleTitle] });

export type CreditResponse = z.infer<typeof credit>;
export type TitleResponse = z.infer<typeof title>;

export const titleDetails = title
  .extend({
    externalId: z.string().nullable().describe('Identifier in the system that the title was imported from. Unique.'),
    countries: z.array(z.string()),
    languages: z.array(z.string()).describe('BCP 47 tags'),
    addedOn: z.iso.date().nullable().describe('The day on which the title was added to the source catalog'),
    availability: z
      .array(availabilityWindow)
      .describe('The title is visible within any of these windows, or always if there is none'),
    credits: z.array(credit),
    revision: z
      .int()
      .describe('Increases with each change of the title. A new name of a credited person does not change it.'),
    updatedAt: z.iso.datetime(),
    seasons: z.array(season).optional().describe('Present only if the request includes them. Empty for a film'),
    related: z.array(title).optional().describe('Present only if the request includes them. Most similar first'),
  })
  .meta({
    id: 'TitleDetails',
    examples: [
      {
        ...exampleTitle,
        externalId: 'films/metropolis',
        countries: ['DE'],
        languages: ['de'],
        addedOn: '2026-06-05',
        availability: [],
        credits: [
          {
            personId: '9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10',
            name: 'Fritz Lang',
            role: 'director',
            character: null,
          },
        ],
        revision: 1,
        updatedAt: '2026-06-05T20:15:00.000Z',
      },
    ],
  });

export type TitleDetailsResponse = z.infer<typeof titleDetails>;

export const titleInput = z
  .strictObject({
    kind: titleKind,
    name: textLine(200),
    synopsis: multilineText.optional(),
    releaseYear: z.int().min(1888).max(2100).optional(),
    genres: z.array(genre).max(10).optional(),
    credits: z
      .array(
        z.strictObject({
          personId: uuid.optional(),
          name: textLine(100).describe(
            'Ignored with `personId`. Otherwise selects the person whom the title already credits with this name, ' +
              'then the person whose slug is derived from it, or creates one.',
          ),
          role: z.enum(CREDIT_ROLES),
          character: textLine(200).optional(),
        }),
      )
      .max(200)
      .optional(),
    maturityRating: maturityRating.optional(),
    runtimeMinutes: z.int().min(1).max(6_000).optional(),
    seasonCount: z.int().min(1).max(500).optional(),
    score: z.number().min(0).max(10).optional(),
    externalId: textLine(200).optional().describe('Identifier in the system that the title was imported from. Unique.'),
    slug: z
      .string()
      .max(120)
      .regex(SLUG, fieldError('slug'))
      .optional()
      .describe(
        'A new title without a slug gets one derived from its name and year. A change without a slug keeps it. ' +
          'If another title has the slug, the start of the ID is appended.',
      ),
    countries: z.array(countryCode).max(50).optional(),
    languages: z.array(z.string().regex(LANGUAGE_TAG)).max(50).optional().describe('BCP 47 tags'),
    addedOn: z.iso.date().optional(),
    artwork: z.array(artwork).max(20).optional(),
    availability: z
      .array(
        z
          .strictObject({ startsAt: instant, endsAt: instant.optional().describe('After the start') })
          .refine(({ startsAt, endsAt }) => endsAt === undefined || startsAt < endsAt, {
            path: ['endsAt'],
            ...fieldError('endBeforeStart'),
          })
          .meta({ id: 'NewAvailabilityWindow' }),
      )
      .max(20)
      .optional(),
  })
  .meta({
    id: 'NewTitle',
    examples: [
      {
        kind: 'film',
        name: 'Metropolis',
        releaseYear: 1927,
        genres: ['Science fiction', 'Drama'],
        credits: [{ name: 'Fritz Lang', role: 'director' }],
        countries: ['DE'],
      },
    ],
  });

export type TitleInput = z.infer<typeof titleInput>;

const nullableFields = Object.entries(titleInput.shape).map(([name, field]) => [name, z.nullable(field).optional()]);

export const titlePatch = z.strictObject(Object.fromEntries(nullableFields)).meta({
  id: 'TitlePatch',
  description:
    'Fields of a `NewTitle`. `null` removes an optional field, except the slug, which remains. A list replaces the complete list.',
  examples: [{ synopsis: 'A city of two levels.', runtimeMinutes: null }],
});
