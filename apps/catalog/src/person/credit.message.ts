import { CREDIT_ROLES, type catalogV1 } from '@viernes/contracts';
import type { Credit } from './credit.js';

export function toCreditMessage({ role, ...credit }: Credit): catalogV1.Credit {
  return { ...credit, role: CREDIT_ROLES.indexOf(role) + 1, character: credit.character };
}
