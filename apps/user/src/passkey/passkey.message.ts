import type { userV1 } from '@viernes/contracts';
import type { Passkey } from './passkey.js';

export function toPasskeyMessage({ id, name, createdAt, lastUsedAt, isBackedUp }: Passkey): userV1.Passkey {
  return {
    id,
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString(),
    isBackedUp,
  };
}
