import type { Schema } from '@viernes/api-client';
import { readData } from '../../api/problem.js';
import { edge } from '../../session/edge-client.js';
import { restorePerson } from '../person/person-requests.js';
import { restoreTitle } from '../title/title-requests.js';

type Deletion = Schema<'Deletion'>;

export const listDeletions = (cursor: string | null, signal: AbortSignal): Promise<Schema<'DeletionPage'>> =>
  readData(edge.GET('/v1/deletions', { params: { query: cursor === null ? {} : { cursor } }, signal }));

/** Undoes a deletion. Has no effect if another editor has undone it. */
export async function restore({ kind, id }: Deletion): Promise<void> {
  await (kind === 'person' ? restorePerson(id) : restoreTitle(id));
}

/** Returns the path of the page that edits the resource, or shows its history while it is deleted. */
export function toEditorPath({ kind, id }: Deletion): string {
  return kind === 'person' ? `/editor/people/${id}` : `/editor/titles/${id}`;
}
