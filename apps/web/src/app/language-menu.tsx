import i18next, { t } from 'i18next';
import { chooseLanguage } from './chosen-language.js';
import { LANGUAGES } from './start-language.js';

/** Selects the language of the app. Each language has its own name for itself. */
export function LanguageMenu() {
  return (
    <label className="language-menu">
      <span>{t('app.language')}</span>
      <select value={i18next.resolvedLanguage} onChange={({ target }) => chooseLanguage(target.value)}>
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language}>
            {nameItself(language)}
          </option>
        ))}
      </select>
    </label>
  );
}

function nameItself(language: string): string {
  const [first = '', ...others] = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return first.toLocaleUpperCase(language) + others.join('');
}
