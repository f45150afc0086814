import i18next, { t } from 'i18next';
import { chooseLanguage } from '../language/chosen-language.js';
import { toNativeLanguageName } from '../language/format.js';
import { LANGUAGES } from '../language/start-language.js';
import { setProfileLanguage } from '../session/accounts.js';
import { useProfileId } from '../session/use-session.js';

/** Selects the language of the app, and of the selected profile. Each language is listed by its native name. */
export function LanguageMenu() {
  const profileId = useProfileId();
  const change = async (language: string): Promise<void> => {
    if (profileId !== undefined) await setProfileLanguage(profileId, language).catch(() => undefined);
    chooseLanguage(language);
  };
  return (
    <label className="language-menu">
      <span>{t('app.language')}</span>
      <select className="control" value={i18next.resolvedLanguage} onChange={({ target }) => void change(target.value)}>
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language}>
            {toNativeLanguageName(language)}
          </option>
        ))}
      </select>
    </label>
  );
}
