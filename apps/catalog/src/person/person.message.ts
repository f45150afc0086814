import { CREDIT_ROLES, type catalogV1 } from '@viernes/contracts';
import type { Person } from './person.js';

export function toPersonMessage({ roles, ...person }: Person): catalogV1.Person {
  return { ...person, roles: roles.map((role) => CREDIT_ROLES.indexOf(role) + 1) };
}
