import type { Schema } from '@viernes/api-client';
import { readTagged, type ResponseOf } from '../change/entity-tag.js';
import { edge } from '../../session/edge-client.js';
import { readData } from '../../api/problem.js';
import { toPatch, type FieldChange } from '../change/field-changes.js';
import type { Version } from '../change/use-editor.js';
import { readInput, type TitleInput } from './title-draft.js';

export interface TitleVersion extends Version<TitleInput> {
  readonly title: Schema<'TitleDetails'>;
}

async function readVersion(call: Promise<ResponseOf<Schema<'TitleDetails'>>>): Promise<TitleVersion> {
  const { data: title, entityTag } = await readTagged(call);
  return { title, input: readInput(title), revision: title.revision, entityTag };
}

const toParams = (id: string, entityTag: string) => ({ path: { id }, header: { 'If-Match': entityTag } });

export const getTitleVersion = (id: string, signal?: AbortSignal): Promise<TitleVersion> =>
  readVersion(edge.GET('/v1/titles/{id}', { params: { path: { id } }, ...(signal && { signal }) }));

export const createTitle = (title: TitleInput): Promise<TitleVersion> =>
  readVersion(edge.POST('/v1/titles', { body: title }));

/** @throws Problem TITLE_CHANGED (the title has changed since it was read) and others */
export const patchTitle = (
  { title, entityTag }: TitleVersion,
  changes: readonly FieldChange[],
): Promise<TitleVersion> =>
  readVersion(
    edge.PATCH('/v1/titles/{id}', {
      params: toParams(title.id, entityTag),
      body: toPatch(changes),
    }),
  );

/** @throws Problem TITLE_CHANGED (the title has changed since it was read) and others */
export async function deleteTitle({ title, entityTag }: TitleVersion): Promise<void> {
  await edge.DELETE('/v1/titles/{id}', { params: toParams(title.id, entityTag) });
}

export const restoreTitle = (id: string): Promise<TitleVersion> =>
  readVersion(edge.POST('/v1/titles/{id}/restore', { params: { path: { id } } }));

export const listTitleChanges = (
  id: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Schema<'ChangePage'>> =>
  readData(
    edge.GET('/v1/titles/{id}/changes', { params: { path: { id }, query: cursor === null ? {} : { cursor } }, signal }),
  );

export const listPeopleNames = async (query: string, signal: AbortSignal): Promise<string[]> => {
  const { suggestions } = await readData(edge.GET('/v2/title-suggestions', { params: { query: { query } }, signal }));
  return suggestions.filter(({ kind }) => kind === 'person').map(({ name }) => name);
};
