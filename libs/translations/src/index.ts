export { translate, type TextKey, type TextValues } from './translate.js';
export { DEFAULT_LANGUAGE, getProblemTitle, getTranslations, type Translations, LANGUAGES } from './translations.js';
