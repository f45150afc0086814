import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { changePage } from '../change/change.schema.js';
import { person, personInput, personPatch } from '../person/person.schema.js';

const editing = {
  tag: 'titles',
  auth: 'required',
  scope: 'catalog:write',
  role: 'editor',
  params: z.strictObject({ id: uuid }),
} as const;

const changedPerson = {
  status: 200,
  description: 'The updated person',
  schema: person,
  headers: { 'Content-Location': 'Path of the person' },
} as const;

export const createPerson = defineOperation({
  operationId: 'createPerson',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/people',
  tag: 'titles',
  summary: 'Create a person without credits. Saving a title creates missing people of its credits',
  auth: 'required',
  scope: 'catalog:write',
  role: 'editor',
  body: personInput,
  returnsEntityTag: true,
  returnsPosition: true,
  success: {
    status: 201,
    description: 'The person',
    schema: person,
    headers: { Location: 'Path of the person' },
  },
  errors: ['PERSON_EXISTS'],
});

export const replacePerson = defineOperation({
  ...editing,
  operationId: 'replacePerson',
  method: 'PUT',
  path: '/v1/people/:id',
  summary: 'Change the name of a person in all titles, and the slug',
  body: personInput,
  requiresIfMatch: true,
  returnsEntityTag: true,
  returnsPosition: true,
  success: changedPerson,
  errors: ['PERSON_NOT_FOUND', 'PERSON_CHANGED', 'PERSON_EXISTS'],
});

export const patchPerson = defineOperation({
  ...editing,
  operationId: 'patchPerson',
  method: 'PATCH',
  path: '/v1/people/:id',
  summary: 'Change fields of a person with a JSON Merge Patch (RFC 7396)',
  body: personPatch,
  bodyType: 'application/merge-patch+json',
  requiresIfMatch: true,
  returnsEntityTag: true,
  returnsPosition: true,
  success: changedPerson,
  errors: ['PERSON_NOT_FOUND', 'PERSON_CHANGED', 'PERSON_EXISTS'],
});

export const deletePerson = defineOperation({
  ...editing,
  operationId: 'deletePerson',
  method: 'DELETE',
  path: '/v1/people/:id',
  summary: 'Delete a person and their credits until the person is restored',
  requiresIfMatch: true,
  returnsPosition: true,
  success: { status: 204, description: 'The person was deleted' },
  errors: ['PERSON_NOT_FOUND', 'PERSON_CHANGED'],
});

export const restorePerson = defineOperation({
  ...editing,
  operationId: 'restorePerson',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/people/:id/restore',
  summary:
    'Undo the deletion of a person: the credits return to their titles. Has no effect on a person who is not deleted.',
  returnsEntityTag: true,
  returnsPosition: true,
  success: changedPerson,
  errors: ['PERSON_NOT_FOUND'],
});

export const listPersonChanges = defineOperation({
  ...editing,
  operationId: 'listPersonChanges',
  method: 'GET',
  scope: 'catalog:read',
  path: '/v1/people/:id/changes',
  summary:
    'List the changes of a person, even a deleted one, newest first. If a credit of a title created the person, the creation is a change of that title.',
  ...changePage,
  errors: ['PERSON_NOT_FOUND', 'CURSOR_INVALID'],
});

export const personEditingOperations = [
  createPerson,
  replacePerson,
  patchPerson,
  deletePerson,
  restorePerson,
  listPersonChanges,
];
