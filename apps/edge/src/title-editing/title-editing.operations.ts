import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { changePage } from '../change/change.schema.js';
import { titleDetails, titleInput, titlePatch } from '../title/title.schema.js';

/** Enough for 200 credits, 20 images, and a synopsis of the maximum length, at 3 bytes per character. */
const MAX_TITLE_BYTES = 512 * 1024;

export const createTitle = defineOperation({
  operationId: 'createTitle',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/titles',
  tag: 'titles',
  summary: 'Create a title',
  auth: 'required',
  scope: 'catalog:write',
  role: 'editor',
  body: titleInput,
  maxBodyBytes: MAX_TITLE_BYTES,
  returnsEntityTag: true,
  returnsPosition: true,
  success: {
    status: 201,
    description: 'The title',
    schema: titleDetails,
    headers: { Location: 'Path of the title' },
  },
  errors: ['TITLE_EXISTS', 'PERSON_NOT_FOUND'],
});

const editing = {
  tag: 'titles',
  auth: 'required',
  scope: 'catalog:write',
  role: 'editor',
  params: z.strictObject({ id: uuid }),
} as const;

const changedTitle = {
  status: 200,
  description: 'The updated title',
  schema: titleDetails,
  headers: { 'Content-Location': 'Path of the title' },
} as const;

export const replaceTitle = defineOperation({
  ...editing,
  operationId: 'replaceTitle',
  method: 'PUT',
  path: '/v1/titles/:id',
  summary: 'Replace a title. Removes omitted fields, except the slug.',
  body: titleInput,
  maxBodyBytes: MAX_TITLE_BYTES,
  requiresIfMatch: true,
  returnsEntityTag: true,
  returnsPosition: true,
  success: changedTitle,
  errors: ['TITLE_NOT_FOUND', 'TITLE_CHANGED', 'TITLE_EXISTS', 'TITLE_KIND_IN_USE', 'PERSON_NOT_FOUND'],
});

export const patchTitle = defineOperation({
  ...editing,
  operationId: 'patchTitle',
  method: 'PATCH',
  path: '/v1/titles/:id',
  summary: 'Change fields of a title with a JSON Merge Patch (RFC 7396)',
  body: titlePatch,
  maxBodyBytes: MAX_TITLE_BYTES,
  bodyType: 'application/merge-patch+json',
  requiresIfMatch: true,
  returnsEntityTag: true,
  returnsPosition: true,
  success: changedTitle,
  errors: ['TITLE_NOT_FOUND', 'TITLE_CHANGED', 'TITLE_EXISTS', 'TITLE_KIND_IN_USE', 'PERSON_NOT_FOUND'],
});

export const deleteTitle = defineOperation({
  ...editing,
  operationId: 'deleteTitle',
  method: 'DELETE',
  path: '/v1/titles/:id',
  summary: 'Delete a title until it is restored',
  requiresIfMatch: true,
  returnsPosition: true,
  success: { status: 204, description: 'The title was deleted' },
  errors: ['TITLE_NOT_FOUND', 'TITLE_CHANGED'],
});

export const restoreTitle = defineOperation({
  ...editing,
  operationId: 'restoreTitle',
  method: 'POST',
  idempotency: 'stored',
  path: '/v1/titles/:id/restore',
  summary: 'Undo the deletion of a title. Has no effect on a title that is not deleted.',
  returnsEntityTag: true,
  returnsPosition: true,
  success: changedTitle,
  errors: ['TITLE_NOT_FOUND'],
});

export const listTitleChanges = defineOperation({
  ...editing,
  operationId: 'listTitleChanges',
  method: 'GET',
  scope: 'catalog:read',
  path: '/v1/titles/:id/changes',
  summary: 'List the changes of a title, even a deleted one, newest first',
  ...changePage,
  errors: ['TITLE_NOT_FOUND', 'CURSOR_INVALID'],
});

export const titleEditingOperations = [
  createTitle,
  replaceTitle,
  patchTitle,
  deleteTitle,
  restoreTitle,
  listTitleChanges,
];
