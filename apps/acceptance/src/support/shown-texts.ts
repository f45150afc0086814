import { enumValues } from '@viernes/api-client';
import { getTranslations, LANGUAGES } from '@viernes/translations';
import type { Page } from 'playwright-core';

type Texts = { readonly [key: string]: string | Texts };

/** Separates the facts of one line. */
const SEPARATOR = / · |, |: /;

/** Numbers, codes and units have no language. */
const WORD = /\p{L}{2}/u;
const UNITS = /^(?:[\d\s.,/–-]|ms|min|px|kB|MB|GB|HTTPS|CSV|JSON|UTF-8)+$/;

/** Lists what a page shows and what assistive technology reads, including the controls in shadow trees. */
export async function listShownTexts(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const shown: string[] = [document.title.replace(/ · Viernes$/, '')];
    const visit = (root: Document | ShadowRoot | Element): void => {
      for (const node of root.childNodes) {
        if (node instanceof Text) shown.push(node.data);
        // Code has no language.
        const hidden = ['script', 'style', 'noscript', 'svg', 'code'];
        if (!(node instanceof Element) || hidden.includes(node.localName)) continue;
        for (const name of ['aria-label', 'aria-description', 'aria-valuetext', 'placeholder', 'alt', 'title']) {
          shown.push(node.getAttribute(name) ?? '');
        }
        // The content of a slot replaces its default.
        if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0) continue;
        if (!(root instanceof ShadowRoot) || node.checkVisibility()) visit(node);
        if (node.shadowRoot) visit(node.shadowRoot);
      }
    };
    visit(document.body);
    return shown;
  });
  return [...new Set(texts.flatMap((text) => text.split(SEPARATOR)).map((text) => text.trim()))].filter((text) =>
    WORD.test(text),
  );
}

/**
 * Returns whether a text is the same in all languages: a unit, a rating, a scope, a name of a language or a country, or
 * a translation that equals the original.
 */
export function isSharedText(text: string): boolean {
  return UNITS.test(text) || sharedTexts.has(text);
}

function listTexts(texts: Texts, path = ''): [path: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : listTexts(value, `${path}${key}.`),
  );
}

const [first = new Map<string, string>(), ...others] = LANGUAGES.map(
  (language) => new Map(listTexts(getTranslations(language).web)),
);

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const CODES = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));

/** Lists the names of codes that are equal in all languages, according to `Intl`. */
function listSharedNames(type: 'region' | 'language'): string[] {
  const [names, ...otherNames] = LANGUAGES.map((language) => new Intl.DisplayNames(language, { type }));
  return CODES.flatMap((code) => {
    const name = names?.of(type === 'region' ? code.toUpperCase() : code);
    const isEqual = otherNames.every((each) => each.of(type === 'region' ? code.toUpperCase() : code) === name);
    return name !== undefined && isEqual ? [name] : [];
  });
}

/** The language menu lists each language by its name in that language. */
const ownNames = LANGUAGES.map((language) => {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? '';
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
});

const sharedTexts: ReadonlySet<string> = new Set([
  'Viernes',
  'viernes',
  ...ownNames,
  ...enumValues.MaturityRating,
  ...enumValues.ApiKeyScope,
  ...enumValues.WebhookMessageType,
  ...[...first].filter(([path, text]) => others.every((texts) => texts.get(path) === text)).map(([, text]) => text),
  ...listSharedNames('region'),
  ...listSharedNames('language'),
]);
