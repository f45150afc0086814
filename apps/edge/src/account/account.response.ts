import type { userV1 } from '@viernes/contracts';
import { ROLES } from '@viernes/platform';
import type { z } from 'zod';
import { required } from '../upstream/required.js';
import type { account } from './account.operations.js';

export function toAccountResponse({
  id,
  email,
  emailVerifiedAt,
  language,
  role,
  plan,
}: userV1.Account): z.infer<typeof account> {
  return {
    id,
    email,
    emailVerifiedAt: emailVerifiedAt ?? null,
    language,
    role: required(ROLES[role - 1], 'role'),
    plan,
  };
}
