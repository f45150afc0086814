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

const toParams = (id: string, entityTag: string) => ({ path: { id }, header: { 'If-Match': entityTag } });

export const getPersonVersion = (id: string, signal?: AbortSignal): Promise<PersonVersion> =>
  readVersion(edge.GET('/v1/people/{id}', { params: { path: { id } }, ...(signal && { signal }) }));

/** @throws Problem PERSON_EXISTS (another person has the slug) and others */
export const createPerson = ({ name, slug }: PersonInput): Promise<PersonVersion> => {
  const body = { name: name.trim(), ...(slug.trim() !== '' && { slug: slug.trim() }) };
  return readVersion(edge.POST('/v1/people', { body }));
};

export const listPersonChanges = (
  id: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Schema<'ChangePage'>> =>
  readData(
    edge.GET('/v1/people/{id}/changes', { params: { path: { id }, query: cursor === null ? {} : { cursor } }, signal }),
  );

/** @throws Problem PERSON_CHANGED (the person has changed since it was read) and others */
export const patchPerson = (
  { person, entityTag }: PersonVersion,
  changes: readonly FieldChange[],
): Promise<PersonVersion> =>
  readVersion(
    edge.PATCH('/v1/people/{id}', {
      params: toParams(person.id, entityTag),
      body: toPatch(changes),
    }),
  );

/** @throws Problem PERSON_CHANGED (the person has changed since it was read) and others */
export async function deletePerson({ person, entityTag }: PersonVersion): Promise<void> {
  await edge.DELETE('/v1/people/{id}', { params: toParams(person.id, entityTag) });
}

export const restorePerson = (id: string): Promise<PersonVersion> =>
  readVersion(edge.POST('/v1/people/{id}/restore', { params: { path: { id } } }));
