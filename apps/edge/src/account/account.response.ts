import { userV1 } from '@viernes/contracts';
import type { z } from 'zod';
import type { account } from './account.operations.js';

export function toAccountResponse({
  id,
  email,
  emailVerifiedAt,
  language,
  role,
}: userV1.Account): z.infer<typeof account> {
  return {
    id,
    email,
    emailVerifiedAt: emailVerifiedAt ?? null,
    language,
    role: role === userV1.Role.ROLE_EDITOR ? 'editor' : 'viewer',
  };
}
