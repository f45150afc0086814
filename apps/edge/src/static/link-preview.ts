import type { ResponseOf } from '@viernes/gateway';
import { getTranslations, translate } from '@viernes/translations';
import type { getPerson } from '../person/person.operations.js';
import type { TitleDetailsResponse } from '../title/title.schema.js';

/** The metadata with which other sites show a link to a page of the web app (https://ogp.me). */
export interface LinkPreview {
  /** The language of the text that does not come from editors. */
  readonly language: string;
  readonly type: 'video.movie' | 'video.tv_show' | 'profile';
  readonly name: string;
  readonly description: string;
  /** The path of the page. */
  readonly path: string;
  /** A URL or a path. */
  readonly image?: { readonly url: string; readonly alternativeText: string } | undefined;
}

/** Other sites show about this many. */
const MAX_DESCRIPTION_CHARACTERS = 200;

export function previewTitle(title: TitleDetailsResponse, language: string): LinkPreview {
  const { kind, name, releaseYear, synopsis, genres, slug, artwork } = title;
  return {
    language,
    type: kind === 'series' ? 'video.tv_show' : 'video.movie',
    name: releaseYear === null ? name : `${name} (${releaseYear})`,
    description: shorten(synopsis || formatList(toGenreNames(genres, language), language)),
    path: `/titles/${slug}`,
    image: artwork.find((each) => each.kind === 'backdrop') ?? artwork[0],
  };
}

export function previewPerson(person: ResponseOf<typeof getPerson>, language: string): LinkPreview {
  const { name, roles, titleCount, slug } = person;
  const facts = [
    ...roles.map((role) => translate(`web.roles.${role}`, {}, language)),
    translate('web.common.titleCount', { count: titleCount }, language),
  ];
  return { language, type: 'profile', name, description: formatList(facts, language), path: `/people/${slug}` };
}

/**
 * Returns the page with the metadata of the preview.
 *
 * @param html index.html of the web app
 * @param origin the origin of the request, because other sites need complete URLs
 */
export function insertPreview(html: string, preview: LinkPreview, origin: string): string {
  const { language, type, name, description, path, image } = preview;
  const properties = {
    'og:site_name': 'Viernes',
    'og:locale': toLocale(language),
    'og:type': type,
    'og:title': name,
    'og:description': description,
    'og:url': origin + path,
    ...(image && { 'og:image': URL.parse(image.url, origin)?.href ?? '', 'og:image:alt': image.alternativeText }),
  };
  const names = { description, 'twitter:card': image ? 'summary_large_image' : 'summary' };
  const tags = [
    `<title>${escape(name)} · Viernes</title>`,
    ...Object.entries(names).map(([key, value]) => toTag('name', key, value)),
    ...Object.entries(properties).map(([key, value]) => toTag('property', key, value)),
  ];
  return html
    .replace(/<html lang="[^"]*"/, `<html lang="${language}"`)
    .replace(/<meta name="description"[^>]*>\s*/, '')
    .replace(/<title>[^<]*<\/title>/, () => tags.filter((tag) => tag !== '').join('\n    '));
}

/** Editors can add genres that have no translation. */
function toGenreNames(genres: readonly string[], language: string): string[] {
  const names = new Map(Object.entries(getTranslations(language).web.genres));
  return genres.map((genre) => names.get(genre) ?? genre);
}

/** Open Graph requires a country: `es_ES`. */
function toLocale(language: string): string {
  const { language: name, region } = new Intl.Locale(language).maximize();
  return `${name}_${region}`;
}

function formatList(items: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'unit' }).format(items);
}

function toTag(attribute: 'name' | 'property', key: string, value: string): string {
  return value === '' ? '' : `<meta ${attribute}="${key}" content="${escape(value)}" />`;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= MAX_DESCRIPTION_CHARACTERS) return line;
  return `${line.slice(0, MAX_DESCRIPTION_CHARACTERS).replace(/\s+\S*$/, '')}…`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
