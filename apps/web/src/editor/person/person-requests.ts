import type { Schema } from '@viernes/api-client';
import { readData } from '../../api/problem.js';
import { edge } from '../../session/edge-client.js';
import { readTagged, type ResponseOf } from '../change/entity-tag.js';
import { toPatch, type FieldChange } from '../change/field-changes.js';
import type { Version } from '../change/use-editor.js';

export type PersonInput = Required<Schema<'PersonInput'>>;

export interface PersonVersion extends Version<PersonInput> {
  readonly person: Schema<'Person'>;
}

async function readVersion(call: Promise<ResponseOf<Schema<'Person'>>>): Promise<PersonVersion> {
  const { data: person, entityTag } = await readTagged(call);
  const { name, slug, revision } = person;
  return { person, input: { name, slug }, revision, entityTag };
}

export const getPersonVersion = (id: string, signal?: AbortSignal): Promise<PersonVersion> =>
  readVersion(edge.GET('/v1/people/{id}', { params: { path: { id } }, ...(signal && { signal }) }));

export const listPersonChanges = (
  id: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Schema<'ChangePage'>> =>
  readData(
    edge.GET('/v1/people/{id}/changes', { params: { path: { id }, query: cursor === null ? {} : { cursor } }, signal }),
  );

/** @throws Problem PERSON_CHANGED if the person has changed since it was read, and others */
export const patchPerson = (
  { person, entityTag }: PersonVersion,
  changes: readonly FieldChange[],
): Promise<PersonVersion> =>
  readVersion(
    edge.PATCH('/v1/people/{id}', {
      params: { path: { id: person.id }, header: { 'If-Match': entityTag } },
      body: toPatch(changes),
    }),
  );
