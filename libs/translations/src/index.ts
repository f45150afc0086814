export { DEFAULT_LANGUAGE, getProblemTitle, getTranslations, LANGUAGES } from './translations.js';
