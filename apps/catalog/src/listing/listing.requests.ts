import { catalogV1 } from '@viernes/contracts';
import { pageSize, textLine } from '@viernes/platform';
import { z } from 'zod';
import { titleKind } from '../title/title.requests.js';

export const ListTitlesRequest = z.object({
  pageSize: pageSize(24, 100),
  cursor: z.string().max(200),
  query: textLine(0, 100),
  kind: z
    .number()
    .transform((value) => (value === catalogV1.TitleKind.TITLE_KIND_UNSPECIFIED ? undefined : value))
    .pipe(titleKind.optional()),
  genre: textLine(0, 40).transform((text) => text || undefined),
  playableOnly: z.boolean(),
});

export type ListTitlesRequest = z.infer<typeof ListTitlesRequest>;
