import { toSlug } from '@viernes/contracts';
import { textLine, uuid } from '@viernes/platform';
import { z } from 'zod';
import { changePage } from '../change/change.requests.js';

const person = z.object({
  name: textLine(1, 100),
  slug: textLine(1, 120).transform(toSlug).pipe(z.string().min(1)).optional(),
});

const revision = z.number().int().min(1);

export const CreatePersonRequest = z.object({ person });

export type CreatePersonRequest = z.infer<typeof CreatePersonRequest>;

export const ReplacePersonRequest = z.object({ personId: uuid, revision, person });

export type ReplacePersonRequest = z.infer<typeof ReplacePersonRequest>;

export const DeletePersonRequest = z.object({ personId: uuid, revision });

export type DeletePersonRequest = z.infer<typeof DeletePersonRequest>;

export const RestorePersonRequest = z.object({ personId: uuid });

export type RestorePersonRequest = z.infer<typeof RestorePersonRequest>;

export const ListPersonChangesRequest = z.object({ personId: uuid, ...changePage });

export type ListPersonChangesRequest = z.infer<typeof ListPersonChangesRequest>;
