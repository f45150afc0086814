import { getTranslations, toAvailableLanguage, type Translations } from '@viernes/translations';
import type { Mail } from './mail.js';

export type LetterKind = keyof Translations['mails'];

/**
 * Returns the content of a mail as plain text, and as HTML, which most mail programs display.
 *
 * @param preferred tag of a language. Profiles can have one without translations, which must not prevent the mail
 */
export function writeLetter(kind: LetterKind, url: string, preferred: string): Pick<Mail, 'subject' | 'text' | 'html'> {
  const language = toAvailableLanguage(preferred);
  const { subject, text, note, link } = getTranslations(language).mails[kind];
  const blocks = [
    `<p>${escapeHtml(text)}</p>`,
    `<p><a href="${escapeHtml(url)}" style="${BUTTON}">${escapeHtml(link)}</a></p>`,
    `<p>${escapeHtml(note)}</p>`,
  ];
  return {
    subject,
    text: [text, `${link}: ${url}`, note, 'Viernes'].join('\n\n'),
    html:
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head>` +
      `<body style="${BODY}">${blocks.join('')}<p>Viernes</p></body></html>`,
  };
}

/** Inline, because mail programs ignore style sheets. */
const BODY = 'font: 16px/1.5 sans-serif; max-width: 36em; margin: 2em auto; color: #1b1b1f';
const BUTTON = 'display: inline-block; padding: 0.6em 1.2em; border-radius: 6px; background: #8c1d40; color: #fff';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
