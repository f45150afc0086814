import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { nextCursor, pageQuery } from '../request/request-fields.js';
import { title } from '../title/title.schema.js';

const myList = { tag: 'watching', auth: 'required' } as const;
const oneTitle = { ...myList, path: '/v1/my-list/:titleId', params: z.strictObject({ titleId: uuid }) } as const;

export const listMyList = defineOperation({
  ...myList,
  operationId: 'listMyList',
  method: 'GET',
  scope: 'watching:read',
  path: '/v1/my-list',
  summary: 'List the titles that the selected profile wants to watch, latest first',
  query: z.strictObject(pageQuery),
  success: {
    status: 200,
    description: 'A page of titles, without those that do not exist for the profile',
    schema: z.object({ titles: z.array(title), nextCursor }).meta({ id: 'MyListPage' }),
  },
  errors: ['PROFILE_NOT_SELECTED', 'CURSOR_INVALID'],
});

export const getMyListEntry = defineOperation({
  ...oneTitle,
  operationId: 'getMyListEntry',
  method: 'GET',
  scope: 'watching:read',
  summary: 'Get whether the list contains a title',
  success: {
    status: 200,
    description: 'Whether the list contains the title',
    schema: z.object({ isListed: z.boolean() }).meta({ id: 'MyListEntry', examples: [{ isListed: true }] }),
  },
  errors: ['PROFILE_NOT_SELECTED'],
});

export const addToMyList = defineOperation({
  ...oneTitle,
  operationId: 'addToMyList',
  method: 'PUT',
  scope: 'watching:write',
  summary: 'Add a title to the list, which can contain up to 500',
  success: { status: 204, description: 'The list contains the title' },
  errors: ['PROFILE_NOT_SELECTED', 'TITLE_NOT_FOUND', 'MY_LIST_FULL'],
});

export const removeFromMyList = defineOperation({
  ...oneTitle,
  operationId: 'removeFromMyList',
  method: 'DELETE',
  scope: 'watching:write',
  summary: 'Remove a title from the list',
  success: { status: 204, description: 'The list does not contain the title' },
  errors: ['PROFILE_NOT_SELECTED'],
});

export const myListOperations = [listMyList, getMyListEntry, addToMyList, removeFromMyList];
