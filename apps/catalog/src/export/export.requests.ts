import { pageSize, textLine, uuid } from '@viernes/platform';
import { z } from 'zod';

export const ExportTitlesRequest = z.object({
  pageSize: pageSize(100, 100),
  /** The ID of the last title of the previous page. */
  cursor: z.union([z.literal('').transform(() => undefined), uuid]),
  source: textLine(0, 200),
});

export type ExportTitlesRequest = z.infer<typeof ExportTitlesRequest>;
