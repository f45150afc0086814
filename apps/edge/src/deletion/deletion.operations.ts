import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { nextCursor, pageQuery } from '../request/request-fields.js';

/** The numbers of the protobuf enum are the positions in this list, starting with 1. */
export const DELETED_KINDS = ['film', 'series', 'person'] as const;

const deletion = z
  .object({
    kind: z.enum(DELETED_KINDS),
    id: uuid,
    name: z.string(),
    releaseYear: z.int().nullable().describe('Null for a person'),
    deletedAt: z.iso.datetime(),
  })
  .meta({
    id: 'Deletion',
    examples: [
      {
        kind: 'film',
        id: '9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10',
        name: 'Metropolis',
        releaseYear: 1927,
        deletedAt: '2026-03-01T12:00:00.000Z',
      },
    ],
  });

export type DeletionResponse = z.infer<typeof deletion>;

export const listDeletions = defineOperation({
  operationId: 'listDeletions',
  method: 'GET',
  path: '/v1/deletions',
  tag: 'titles',
  summary: 'List deleted titles and people, which can be restored, latest deletion first',
  auth: 'required',
  scope: 'catalog:read',
  role: 'editor',
  query: z.strictObject(pageQuery),
  acceptsPosition: true,
  success: {
    status: 200,
    description: 'A page of deletions',
    schema: z.object({ deletions: z.array(deletion), nextCursor }).meta({ id: 'DeletionPage' }),
  },
  errors: ['CURSOR_INVALID'],
});

export const deletionOperations = [listDeletions];
