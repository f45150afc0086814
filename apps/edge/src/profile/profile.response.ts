import type { userV1 } from '@viernes/contracts';
import type { z } from 'zod';
import type { profile } from './profile.operations.js';

export function toProfileResponse({ id, name }: userV1.Profile): z.infer<typeof profile> {
  return { id, name };
}
