import { isSharedText } from './shown-texts.js';

/** Fields of the API with texts of users, and names of operations. Enumerations are not among them. */
const WRITTEN_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'apiKeyName',
  'providerName',
  'operation',
  'synopsis',
  'email',
  'slug',
  'character',
  'alternativeText',
  'maturityRating',
  'externalId',
  'directors',
]);

/** The texts that the screens of the web app show in each language. */
export class ScreenTexts {
  private readonly texts = new Map<string, Map<string, ReadonlySet<string>>>();
  /** Texts that users have written: they are not translated. */
  private readonly written = new Set<string>();

  add(screen: string, language: string, texts: readonly string[]): void {
    const languages = this.texts.get(screen) ?? new Map<string, ReadonlySet<string>>();
    this.texts.set(screen, languages.set(language, new Set(texts)));
  }

  addWritten(...texts: readonly string[]): void {
    for (const text of texts) this.written.add(text);
  }

  /** Adds the texts of users in a response of the API. */
  addResponse(value: unknown, name = ''): void {
    if (typeof value === 'string' && WRITTEN_FIELDS.has(name)) this.written.add(value);
    if (Array.isArray(value)) value.forEach((item) => this.addResponse(item, name));
    else if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) this.addResponse(member, key);
  }

  /** Lists the screens that were added in a language. */
  listScreens(language: string): string[] {
    return [...this.texts].filter(([, languages]) => languages.has(language)).map(([screen]) => screen);
  }

  /** Lists texts that a screen shows in more than one language and that no user has written: `home: Watch now`. */
  listUntranslated(): string[] {
    return [...this.texts].flatMap(([screen, languages]) => {
      const [first = new Set<string>(), ...others] = languages.values();
      const equal = [...first].filter((text) => others.some((texts) => texts.has(text)));
      return equal.filter((text) => !this.written.has(text) && !isSharedText(text)).map((text) => `${screen}: ${text}`);
    });
  }
}
