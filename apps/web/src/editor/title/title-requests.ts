import type { Schema } from '@viernes/api-client';
import { Problem } from '../../api/problem.js';
import { edge } from '../../session/edge-client.js';
import { readData } from '../../api/problem.js';
import { toPatch, type FieldChange } from './title-changes.js';
import { readInput, type TitleInput } from './title-draft.js';

/** A title as the editor has read it. */
export interface TitleVersion {
  readonly title: Schema<'TitleDetails'>;
  readonly input: TitleInput;
  /** Of the response, for `If-Match`. */
  readonly entityTag: string;
}

interface TitleResponse {
  readonly data?: Schema<'TitleDetails'>;
  readonly response: Response;
}

async function readVersion(call: Promise<TitleResponse>): Promise<TitleVersion> {
  const { data, response } = await call;
  const entityTag = response.headers.get('etag');
  if (!data || entityTag === null) throw new Problem({ title: 'No entity tag', status: 200, code: 'INTERNAL' });
  return { title: data, input: readInput(data), entityTag };
}

const toParams = (id: string, entityTag: string) => ({ path: { id }, header: { 'If-Match': entityTag } });

export const getVersion = (id: string, signal?: AbortSignal): Promise<TitleVersion> =>
  readVersion(edge.GET('/v1/titles/{id}', { params: { path: { id } }, ...(signal && { signal }) }));

export const createVersion = (title: TitleInput): Promise<TitleVersion> =>
  readVersion(edge.POST('/v1/titles', { body: title }));

/** @throws Problem TITLE_CHANGED if the title has changed since it was read, and others */
export const patchTitle = (
  { title, entityTag }: TitleVersion,
  changes: readonly FieldChange[],
): Promise<TitleVersion> =>
  readVersion(
    edge.PATCH('/v1/titles/{id}', {
      params: toParams(title.id, entityTag),
      body: toPatch(changes),
      headers: { 'content-type': 'application/merge-patch+json' },
    }),
  );

/** @throws Problem TITLE_CHANGED if the title has changed since it was read, and others */
export async function deleteTitle({ title, entityTag }: TitleVersion): Promise<void> {
  await edge.DELETE('/v1/titles/{id}', { params: toParams(title.id, entityTag) });
}

export const restoreTitle = (id: string): Promise<TitleVersion> =>
  readVersion(edge.POST('/v1/titles/{id}/restore', { params: { path: { id } } }));

export const listTitleChanges = (
  id: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Schema<'TitleChangePage'>> =>
  readData(
    edge.GET('/v1/titles/{id}/changes', { params: { path: { id }, query: cursor === null ? {} : { cursor } }, signal }),
  );

export const listPeopleNames = async (query: string, signal: AbortSignal): Promise<string[]> => {
  const { suggestions } = await readData(edge.GET('/v1/title-suggestions', { params: { query: { query } }, signal }));
  return suggestions.filter(({ personId }) => personId !== null).map(({ name }) => name);
};
