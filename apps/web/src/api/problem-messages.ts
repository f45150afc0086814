import { limits, type Schema } from '@viernes/api-client';
import type { web as Translations } from '@viernes/translations/locales/en.json';
import i18next, { t } from 'i18next';
import { Problem, type ProblemCode } from './problem.js';

type MessageKey = Extract<ProblemCode, keyof (typeof Translations)['problems']>;

/** Finds the message of a code. Returns undefined for codes that users do not meet: their title is shown. */
function findMessage(code: string): string | undefined {
  return i18next.exists(`problems.${code}`) ? t(`problems.${code as MessageKey}`) : undefined;
}

export function toMessage(error: unknown): string {
  if (!(error instanceof Problem)) return t('problems.UNEXPECTED');
  return findMessage(error.code) ?? error.message;
}

/** Returns the message for the failure code of an asset. */
export function toFailureMessage(code: Schema<'Asset'>['failureCode']): string {
  return (code === null ? undefined : findMessage(code)) ?? t('problems.ASSET_FAILED');
}

const { profileName, password } = limits.NewAccount;
const { name, synopsis, releaseYear, genres } = limits.NewTitle;

/** Messages for invalid fields, by the path that the API reports. */
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

/** Returns one message per invalid field, by field name. An index in the path of a list is ignored. */
export function toFieldMessages(error: unknown): Readonly<Partial<Record<string, string>>> {
  if (!(error instanceof Problem)) return {};
  const fields = error.fieldErrors.map(({ path }) => path.split('.')[0] ?? path);
  return Object.fromEntries(fields.map((field) => [field, FIELD_MESSAGES[field]?.() ?? t('invalidFields.other')]));
}
