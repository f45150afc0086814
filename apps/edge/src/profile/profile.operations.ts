import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';

export const profile = z
  .object({ id: uuid, name: z.string() })
  .meta({ id: 'Profile', examples: [{ id: 'f3d0b6a4-2f8e-4d0c-9a6b-2b5a3c1d4e5f', name: 'Ada' }] });

export const listProfiles = defineOperation({
  operationId: 'listProfiles',
  method: 'GET',
  path: '/v1/profiles',
  tag: 'profiles',
  summary: "List the account's profiles",
  auth: 'required',
  success: {
    status: 200,
    description: 'The profiles',
    schema: z.object({ profiles: z.array(profile) }).meta({ id: 'ProfileList' }),
  },
  errors: [],
});

export const profileOperations = [listProfiles];
