import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { Problem } from './problem.js';

const { profileName, password } = limits.NewAccount;
const { name, synopsis, releaseYear, genres } = limits.NewTitle;

/** Messages for invalid fields, by the first segment of the path that the API reports. */
const FIELD_MESSAGES: Readonly<Record<string, () => string>> = {
  email: () => t('invalidFields.email'),
  newPassword: () => t('invalidFields.password', { min: password.minLength, max: password.maxLength }),
  password: () => t('invalidFields.password', { min: password.minLength, max: password.maxLength }),
  profileName: () => t('invalidFields.name', { max: profileName.maxLength }),
  name: () => t('invalidFields.name', { max: name.maxLength }),
  synopsis: () => t('invalidFields.synopsis', { max: synopsis.maxLength }),
  releaseYear: () => t('invalidFields.releaseYear', { min: releaseYear.minimum, max: releaseYear.maximum }),
  genres: () => t('invalidFields.genres', { max: genres.maxItems }),
};

/** Returns one message per invalid field, by field name. An error at `genres.0` is an error of `genres`. */
export function toFieldMessages(error: unknown): Readonly<Partial<Record<string, string>>> {
  if (!(error instanceof Problem)) return {};
  const fields = error.fieldErrors.map(({ path }) => path.split('.')[0] ?? path);
  return Object.fromEntries(fields.map((field) => [field, FIELD_MESSAGES[field]?.() ?? t('invalidFields.other')]));
}
