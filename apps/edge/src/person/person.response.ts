import { CREDIT_ROLES, type catalogV1 } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import type { PersonResponse } from './person.schema.js';

export function toPersonResponse(person: catalogV1.Person | undefined): PersonResponse {
  const { id, name, slug, roles, titleCount, revision } = required(person, 'person');
  return { id, name, slug, roles: roles.map((role) => required(CREDIT_ROLES[role - 1], 'role')), titleCount, revision };
}
