import { pageSize, uuid } from '@viernes/platform';
import { z } from 'zod';

export const ExportTitlesRequest = z.object({
  pageSize: pageSize(100, 100),
  /** The ID of the last title of the previous page. */
  cursor: z.union([z.literal('').transform(() => undefined), uuid]),
  /** PostgreSQL rejects NUL in text. */
  source: z
    .string()
    .max(200)
    .regex(/^[^\u0000]*$/),
});

export type ExportTitlesRequest = z.infer<typeof ExportTitlesRequest>;
