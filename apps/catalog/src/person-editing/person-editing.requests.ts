import { toSlug } from '@viernes/contracts';
import { textLine, uuid } from '@viernes/platform';
import { z } from 'zod';
import { changePage } from '../change/change.requests.js';

export const ReplacePersonRequest = z.object({
  personId: uuid,
  revision: z.number().int().min(1),
  person: z.object({
    name: textLine(1, 100),
    slug: textLine(1, 120).transform(toSlug).pipe(z.string().min(1)).optional(),
  }),
});

export type ReplacePersonRequest = z.infer<typeof ReplacePersonRequest>;

export const ListPersonChangesRequest = z.object({ personId: uuid, ...changePage });

export type ListPersonChangesRequest = z.infer<typeof ListPersonChangesRequest>;
