import { z } from 'zod';
import { nextCursor, pageQuery } from '../request/request-fields.js';

/** The numbers of the protobuf enum are the positions in this list, starting with 1. */
export const CHANGE_ACTIONS = ['created', 'replaced', 'deleted', 'restored'] as const;

const fieldChange = z
  .object({
    field: z.string().describe('For example `name`, or `episodes.3` for episode 3 of a season'),
    before: z.unknown().describe('Null if the field had no value'),
    after: z.unknown().describe('Null if the field has no value'),
  })
  .meta({ id: 'FieldChange', examples: [{ field: 'name', before: 'Metropolys', after: 'Metropolis' }] });

const change = z
  .object({
    revision: z.int().describe('Revision of the title, season or person after the change'),
    action: z.enum(CHANGE_ACTIONS),
    accountId: z.string().nullable().describe('The account of the editor. Null if it was deleted'),
    changedAt: z.iso.datetime(),
    fields: z.array(fieldChange),
  })
  .meta({ id: 'Change' });

export type ChangeResponse = z.infer<typeof change>;

const changeList = z.object({ changes: z.array(change), nextCursor }).meta({ id: 'ChangePage' });

export type ChangePageResponse = z.infer<typeof changeList>;

/** The query and the response of an operation that lists changes. */
export const changePage = {
  query: z.strictObject(pageQuery),
  success: { status: 200, description: 'A page of changes', schema: changeList },
} as const;
