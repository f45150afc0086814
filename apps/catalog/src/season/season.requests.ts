import { fieldError, textLine, uuid } from '@viernes/platform';
import { z } from 'zod';
import { changePage } from '../change/change.requests.js';
import { multilineText } from '../title/title.requests.js';
import { MAX_EPISODES } from './season.js';

const episodeNumber = z.number().int().min(0).max(2_000);

const episode = z.object({
  number: episodeNumber,
  name: textLine(1, 200),
  synopsis: multilineText,
  runtimeMinutes: z.number().int().min(1).max(6_000).optional(),
  releasedOn: z.iso.date().optional(),
});

const revision = z.number().int().min(1);

const seasonNumber = z.number().int().min(0).max(500);

export const ListSeasonsRequest = z.object({ titleId: z.string() });

export type ListSeasonsRequest = z.infer<typeof ListSeasonsRequest>;

export const PutSeasonRequest = z.object({
  titleId: uuid,
  number: seasonNumber,
  name: textLine(0, 200),
  synopsis: multilineText,
  releaseYear: z.number().int().min(1888).max(2100).optional(),
  revision: revision.optional(),
  restoreEpisodes: z.boolean(),
  episodes: z
    .array(episode)
    .max(MAX_EPISODES)
    .refine(
      (episodes) => new Set(episodes.map(({ number }) => number)).size === episodes.length,
      fieldError('repeatedNumber'),
    ),
});

export type PutSeasonRequest = z.infer<typeof PutSeasonRequest>;

export const DeleteSeasonRequest = z.object({ titleId: uuid, number: seasonNumber, revision });

export type DeleteSeasonRequest = z.infer<typeof DeleteSeasonRequest>;

export const RestoreSeasonRequest = z.object({ titleId: uuid, number: seasonNumber });

export type RestoreSeasonRequest = z.infer<typeof RestoreSeasonRequest>;

export const ListSeasonChangesRequest = z.object({ titleId: uuid, number: seasonNumber, ...changePage });

export type ListSeasonChangesRequest = z.infer<typeof ListSeasonChangesRequest>;

export const RestoreEpisodeRequest = z.object({ titleId: uuid, seasonNumber, number: episodeNumber });

export type RestoreEpisodeRequest = z.infer<typeof RestoreEpisodeRequest>;

export const EpisodeIdsRequest = z.object({ episodeIds: z.array(uuid).max(100) });

export type EpisodeIdsRequest = z.infer<typeof EpisodeIdsRequest>;
