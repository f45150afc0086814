export { DEFAULT_LANGUAGE, getProblemTitle, getTranslations, type Translations, LANGUAGES } from './translations.js';
