export { DEFAULT_LANGUAGE, getProblemTitle, LANGUAGES } from './translations.js';
