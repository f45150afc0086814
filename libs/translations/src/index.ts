export { translate, type TextKey, type TextValues } from './translate.js';
export {
  DEFAULT_LANGUAGE,
  getProblemTitle,
  getTranslations,
  LANGUAGES,
  toAvailableLanguage,
  type Translations,
} from './translations.js';
