import type { Schema } from '@viernes/api-client';
import type { web as Translations } from '@viernes/translations/locales/en.json';
import i18next, { t } from 'i18next';
import { Problem, type ProblemCode } from './problem.js';

type MessageKey = Extract<ProblemCode, keyof (typeof Translations)['problems']>;

/** Returns the message of a code. Undefined for codes that users normally do not see. Their title is shown instead. */
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
