import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';

export const profile = z.object({ id: z.uuid(), name: z.string() }).meta({ id: 'Profile' });

export const listProfiles = defineOperation({
  operationId: 'listProfiles',
  method: 'GET',
  path: '/v1/profiles',
  tag: 'profiles',
  summary: "The account's profiles",
  bearer: 'required',
  success: {
    status: 200,
    description: 'The profiles',
    schema: z.object({ profiles: z.array(profile) }).meta({ id: 'Profiles' }),
  },
  errors: [],
});

export const profileOperations = [listProfiles];
