import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { translate } from './translate.js';
import { DEFAULT_LANGUAGE, getTranslations, LANGUAGES, readTranslations } from './translations.js';

type Texts = { readonly [key: string]: string | Texts };

/** Plural forms differ between languages (CLDR). `one` and `other` are those of English. */
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** The texts by their paths, such as `web.home.title`. */
function listTexts(texts: Texts, path = ''): [path: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : listTexts(value, `${path}${key}.`),
  );
}

const placeholdersOf = (text: string): string[] => [...new Set(text.match(/{{\s*\w+/g) ?? [])].sort();

/** The placeholders by key. Some plural forms need no number. */
function toSchema(language: string): Record<string, string[]> {
  const texts = listTexts(getTranslations(language));
  return Object.fromEntries(
    texts
      .filter(([path]) => !PLURAL.test(path) || path.endsWith('_other'))
      .map(([path, text]) => [path.replace(PLURAL, ''), placeholdersOf(text)]),
  );
}

/** The plural forms of each key with plurals. */
function toPlurals(language: string): [path: string, forms: string[]][] {
  const plurals = listTexts(getTranslations(language)).flatMap(([path]) => (PLURAL.test(path) ? [path] : []));
  const keys = [...new Set(plurals.map((path) => path.replace(PLURAL, '')))];
  return keys.map((key) => {
    const forms = plurals.filter((path) => path.replace(PLURAL, '') === key);
    return [key, forms.map((form) => form.slice(key.length + 1)).sort()];
  });
}

describe('translations', () => {
  it('translations exist in English and Spanish', () => {
    expect(LANGUAGES).toEqual(expect.arrayContaining(['en', 'es']));
    expect(LANGUAGES[0]).toBe(DEFAULT_LANGUAGE);
  });

  it('readTranslations reads each file of a folder as a language, the default first', () => {
    const folder = mkdtempSync(join(tmpdir(), 'viernes-translations-'));
    const write = (language: string, home: string): void => {
      const { web } = getTranslations('en');
      writeFileSync(join(folder, `${language}.json`), JSON.stringify({ web: { app: { ...web.app, home } } }));
    };
    write('de', 'Start');
    write('en', 'Home');
    write('pt-BR', 'Início');
    const homes = [...readTranslations(pathToFileURL(`${folder}/`))].map(([tag, { web }]) => [tag, web.app.home]);
    rmSync(folder, { recursive: true });
    expect(homes).toEqual([
      ['en', 'Home'],
      ['de', 'Start'],
      ['pt-BR', 'Início'],
    ]);
  });

  it('the code contains no other list of languages', () => {
    const root = fileURLToPath(new URL('../../../', import.meta.url));
    const patterns = LANGUAGES.flatMap((one) => LANGUAGES.map((other) => `['"]${one}['"], ?['"]${other}['"]`));
    const files = ['--', 'apps/*/src/*.ts', 'apps/*/src/*.tsx', 'libs/*/src/*.ts'];
    const excluded = ['*.spec.ts', '*/src/gen/*', 'apps/cli/src/seed/*'].map((path) => `:!${path}`);
    const args = ['grep', '-lE', patterns.join('|'), ...files, ...excluded];
    expect(spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout).toBe('');
  });

  it.each(LANGUAGES)('%s has the keys and placeholders of English', (language) => {
    expect(toSchema(language)).toEqual(toSchema(DEFAULT_LANGUAGE));
  });

  it.each(LANGUAGES)('%s has all plural forms of its language', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const plurals = toPlurals(language);
    expect(plurals.length).toBeGreaterThan(0);
    expect(plurals).toEqual(plurals.map(([path]) => [path, forms]));
  });

  it.each(LANGUAGES)('%s has no empty text, and no text with leading or trailing spaces', (language) => {
    const texts = listTexts(getTranslations(language));
    expect(texts.filter(([, text]) => text === '' || text !== text.trim())).toEqual([]);
  });
});

describe('translate', () => {
  it('inserts values, and selects the plural form of the language', () => {
    const toTexts = (language: string) =>
      [1, 2, 1_000_000].map((count) => translate('web.editor.import.reasons.tooManyItems', { count }, language));
    expect(toTexts('en')).toEqual(['has more than 1 item', 'has more than 2 items', 'has more than 1000000 items']);
    expect(toTexts('es')).toEqual([
      'tiene más de 1 elemento',
      'tiene más de 2 elementos',
      'tiene más de 1000000 de elementos',
    ]);
  });

  it('inserts values without escaping or interpolation', () => {
    const values = { message: '<b> {{count}} $t(web.app.home)' };
    expect(translate('web.editor.import.reasons.rejected', values)).toBe(values.message);
  });

  it('rejects a language without translations', () => {
    expect(() => translate('web.app.home', {}, 'xx')).toThrow('There are no translations for xx');
  });
});
