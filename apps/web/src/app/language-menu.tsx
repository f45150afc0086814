import i18next, { t } from 'i18next';
import { useState } from 'react';
import { toMessage } from '../api/problem-messages.js';
import { chooseLanguage } from '../language/chosen-language.js';
import { toNativeLanguageName } from '../language/format.js';
import { LANGUAGES } from '../language/start-language.js';
import { setProfileLanguage } from '../session/accounts.js';
import { useIsLimited, useProfileId } from '../session/use-session.js';

/**
 * Selects the language of the app, and of the selected profile. Each language is listed by its native name. A profile with
 * a maximum age has no menu, because only other profiles can change its language.
 */
export function LanguageMenu() {
  const profileId = useProfileId();
  const isLimited = useIsLimited();
  const [problem, setProblem] = useState<unknown>();
  const change = async (language: string): Promise<void> => {
    setProblem(undefined);
    try {
      if (profileId !== undefined) await setProfileLanguage(profileId, language);
      chooseLanguage(language);
    } catch (error) {
      setProblem(error);
    }
  };
  if (isLimited) return null;
  return (
    <div className="language-menu">
      <label>
        <span>{t('app.language')}</span>
        <select
          className="control"
          value={i18next.resolvedLanguage}
          onChange={({ target }) => void change(target.value)}
        >
          {LANGUAGES.map((language) => (
            <option key={language} value={language} lang={language}>
              {toNativeLanguageName(language)}
            </option>
          ))}
        </select>
      </label>
      <p role="alert" className="form-problem">
        {problem === undefined ? null : toMessage(problem)}
      </p>
    </div>
  );
}
