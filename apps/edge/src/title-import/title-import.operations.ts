import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { titleInput } from '../title/title.schema.js';

/** The numbers of the protobuf enum are the positions in this list, starting with 1. */
export const IMPORT_OUTCOMES = ['created', 'replaced', 'unchanged', 'rejected'] as const;

/** Any object is valid here, because an invalid title must not cause the rejection of the others. */
const importedTitle = z.union([z.looseObject({}), titleInput]);

const importResult = z
  .object({
    externalId: z.string().nullable(),
    outcome: z.enum(IMPORT_OUTCOMES),
    titleId: uuid.nullable().describe('Null if the title was rejected, and for a new title in a dry run'),
    problems: z.array(z.object({ path: z.string(), message: z.string() })).describe('Why the title was rejected'),
  })
  .meta({ id: 'ImportResult' });

export type ImportResult = z.infer<typeof importResult>;

export const importTitles = defineOperation({
  operationId: 'importTitles',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/title-imports',
  tag: 'titles',
  summary:
    'Create or replace titles by their external IDs. Rejects only the invalid titles. Keeps the stored artwork and availability of a title if the import has none.',
  priority: 'batch',
  auth: 'required',
  scope: 'catalog:write',
  role: 'editor',
  body: z
    .strictObject({
      dryRun: z.boolean().optional().describe('`true` returns the same outcomes, and changes nothing'),
      titles: z
        .array(importedTitle)
        .min(1)
        .max(250)
        .describe('Each title requires an `externalId`. The result of an invalid `NewTitle` is `rejected`.'),
    })
    .meta({
      id: 'TitleImport',
      examples: [{ dryRun: true, titles: [{ kind: 'film', name: 'Metropolis', externalId: 'films/metropolis' }] }],
    }),
  maxBodyBytes: 1024 * 1024,
  returnsPosition: true,
  success: {
    status: 200,
    description: 'One result per title, in the order of the request',
    schema: z.object({ results: z.array(importResult) }).meta({ id: 'ImportResults' }),
  },
  errors: [],
  timeoutMs: 30_000,
});

export const titleImportOperations = [importTitles];
