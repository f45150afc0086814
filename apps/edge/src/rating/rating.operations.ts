import { THUMBS } from '@viernes/contracts';
import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';

const oneTitle = {
  tag: 'watching',
  auth: 'required',
  path: '/v1/ratings/:titleId',
  params: z.strictObject({ titleId: uuid }),
} as const;

const thumb = z.enum(THUMBS).meta({ id: 'Thumb' });

export const getRating = defineOperation({
  ...oneTitle,
  operationId: 'getRating',
  method: 'GET',
  scope: 'watching:read',
  summary: 'Get the rating of a title by the selected profile',
  success: {
    status: 200,
    description: 'The rating',
    schema: z
      .object({ thumb: thumb.nullable().describe('Null: not rated') })
      .meta({ id: 'Rating', examples: [{ thumb: 'up' }] }),
  },
  errors: ['PROFILE_NOT_SELECTED'],
});

export const rateTitle = defineOperation({
  ...oneTitle,
  operationId: 'rateTitle',
  method: 'PUT',
  scope: 'watching:write',
  summary: 'Rate a title',
  body: z.strictObject({ thumb }).meta({ id: 'NewRating', examples: [{ thumb: 'up' }] }),
  success: { status: 204, description: 'The title has this rating' },
  errors: ['PROFILE_NOT_SELECTED', 'TITLE_NOT_FOUND'],
});

export const removeRating = defineOperation({
  ...oneTitle,
  operationId: 'removeRating',
  method: 'DELETE',
  scope: 'watching:write',
  summary: 'Remove the rating of a title',
  success: { status: 204, description: 'The title has no rating' },
  errors: ['PROFILE_NOT_SELECTED'],
});

export const ratingOperations = [getRating, rateTitle, removeRating];
