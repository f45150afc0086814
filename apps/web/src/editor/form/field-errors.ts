import { t } from 'i18next';
import { toFieldMessages } from '../../api/field-messages.js';
import { Problem } from '../../api/problem.js';

/** Returns the message for the field at a path, such as `credits.2.name`. */
export type ErrorOf = (path: string) => string | undefined;

/** Reads the invalid fields of a request. An error of an item such as `genres.2` belongs to the field of its list. */
export function toErrorOf(problem: unknown): ErrorOf {
  if (!(problem instanceof Problem)) return () => undefined;
  if (problem.code === 'TITLE_EXISTS') {
    return (path) => (path === 'externalId' ? t('invalidFields.externalIdTaken') : undefined);
  }
  if (problem.code === 'PERSON_EXISTS') {
    return (path) => (path === 'slug' ? t('invalidFields.slugTaken') : undefined);
  }
  const known = toFieldMessages(problem);
  return (path) => {
    const error = problem.fieldErrors.find((each) => each.path === path || each.path.replace(/\.\d+$/, '') === path);
    if (error === undefined) return undefined;
    const hasKnownMessage = !path.includes('.') && known[path] !== t('invalidFields.other');
    return hasKnownMessage ? known[path] : t('invalidFields.detailed', { reason: error.message });
  };
}
