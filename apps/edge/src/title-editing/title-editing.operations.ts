import { defineOperation } from '@viernes/gateway';
import { titleDetails, titleInput } from '../title/title.schema.js';

export const createTitle = defineOperation({
  operationId: 'createTitle',
  method: 'POST',
  path: '/v1/titles',
  tag: 'titles',
  summary: 'Create a title',
  auth: 'required',
  role: 'editor',
  body: titleInput,
  success: {
    status: 201,
    description: 'The title',
    schema: titleDetails,
    headers: { Location: 'Path of the title' },
  },
  errors: ['TITLE_EXISTS', 'PERSON_NOT_FOUND'],
});

export const titleEditingOperations = [createTitle];
