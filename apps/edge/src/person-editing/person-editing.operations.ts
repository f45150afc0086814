import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { changePage } from '../change/change.schema.js';
import { person, personInput, personPatch } from '../person/person.schema.js';

const editing = {
  path: '/v1/people/:id',
  tag: 'titles',
  auth: 'required',
  scope: 'catalog:write',
  role: 'editor',
  params: z.strictObject({ id: uuid }),
  requiresIfMatch: true,
  returnsEntityTag: true,
  returnsPosition: true,
  success: {
    status: 200,
    description: 'The person as it is now',
    schema: person,
    headers: { 'Content-Location': 'Path of the person' },
  },
  errors: ['PERSON_NOT_FOUND', 'PERSON_CHANGED', 'PERSON_EXISTS'],
} as const;

export const replacePerson = defineOperation({
  ...editing,
  operationId: 'replacePerson',
  method: 'PUT',
  summary: 'Change the name of a person in all titles, and the slug',
  body: personInput,
});

export const patchPerson = defineOperation({
  ...editing,
  operationId: 'patchPerson',
  method: 'PATCH',
  summary: 'Change fields of a person with a JSON Merge Patch (RFC 7396)',
  body: personPatch,
  bodyType: 'application/merge-patch+json',
});

export const listPersonChanges = defineOperation({
  operationId: 'listPersonChanges',
  method: 'GET',
  path: '/v1/people/:id/changes',
  tag: 'titles',
  summary: 'List the changes of a person, newest first. The changes of a title show the people that it created.',
  auth: 'required',
  scope: 'catalog:read',
  role: 'editor',
  params: z.strictObject({ id: uuid }),
  ...changePage,
  errors: ['PERSON_NOT_FOUND', 'CURSOR_INVALID'],
});

export const personEditingOperations = [replacePerson, patchPerson, listPersonChanges];
