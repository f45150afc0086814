import { userV1 } from '@viernes/contracts';
import type { Account } from './account.js';

const ROLES = {
  viewer: userV1.Role.ROLE_VIEWER,
  editor: userV1.Role.ROLE_EDITOR,
  admin: userV1.Role.ROLE_ADMIN,
} as const;

export function toAccountMessage({ role, createdAt, emailVerifiedAt, ...account }: Account): userV1.Account {
  return {
    ...account,
    role: ROLES[role],
    createdAt: createdAt.toISOString(),
    emailVerifiedAt: emailVerifiedAt?.toISOString(),
  };
}
