import i18next, { type i18n } from 'i18next';
import { DEFAULT_LANGUAGE, getTranslations, type Translations } from './translations.js';

/** The path of a text: `mails.passwordReset.subject`. A text with plurals has one key for all of its forms. */
export type TextKey = KeyOf<Translations>;

/** The values of placeholders. `count` also selects the plural form. */
export type TextValues = Readonly<Record<string, string | number>>;

type KeyOf<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string ? WithoutPlural<Key> : `${Key}.${KeyOf<Texts[Key]>}`;
}[keyof Texts & string];

type WithoutPlural<Key extends string> = Key extends `${infer Name}_${'one' | 'other'}` ? Name : Key;

const instances = new Map<string, i18n>();

/**
 * Returns a text for a program on Node.js. The web app loads only its own section, and only one language.
 *
 * @throws Error if no file has this language
 */
export function translate(key: TextKey, values: TextValues = {}, language = DEFAULT_LANGUAGE): string {
  let instance = instances.get(language);
  if (!instance) {
    instance = createInstance(language);
    instances.set(language, instance);
  }
  return instance.t(key, values);
}

function createInstance(language: string): i18n {
  const instance = i18next.createInstance();
  void instance.init({
    lng: language,
    resources: { [language]: { translation: getTranslations(language) } },
    // The texts are available immediately.
    initAsync: false,
    // The caller escapes a text for its format: HTML, XML, or none.
    interpolation: { escapeValue: false },
  });
  return instance;
}
