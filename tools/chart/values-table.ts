import { isMap, parseDocument, stringify, type Scalar, type YAMLMap } from 'yaml';

const BEGIN = '<!-- values: npm run chart -- --write generates these tables from the comments in values.yaml -->';
const END = '<!-- /values -->';
const SERVICE_PATH = /^services\.([^.]+)\.(.+)$/;

/** A map with scalar keys, as in every values.yaml. */
type Section = YAMLMap<Scalar>;

export interface Value {
  /** Keys joined with dots. */
  readonly path: string;
  /** The default as YAML on one line. Empty for a section. */
  readonly default: string;
  /** The comment above the key. */
  readonly meaning: string | undefined;
}

export interface Values {
  /** Descriptions of the top-level sections. */
  readonly sections: ReadonlyMap<string, string>;
  readonly values: readonly Value[];
}

/**
 * Reads the values of a values.yaml and the comments above them. A map is a section if the keys in it have comments.
 * Otherwise it is one value.
 *
 * @throws YAMLParseError
 */
export function readValues(text: string): Values {
  const document = parseDocument<Section>(text);
  if (document.errors[0] !== undefined) throw document.errors[0];
  const sections = new Map<string, string>();
  const values: Value[] = [];
  const walk = (map: Section, prefix: string, firstComment: string | null | undefined) => {
    map.items.forEach(({ key, value }, index) => {
      const path = `${prefix}${String(key.value)}`;
      // The parser attaches the comment above the first key to the map.
      const comment = key.commentBefore ?? (index === 0 ? firstComment : undefined);
      const meaning = comment?.trim().replaceAll(/\s*\n\s*/g, ' ') || undefined;
      if (isMap<Scalar>(value) && hasComments(value)) {
        if (prefix === '') sections.set(path, meaning ?? '');
        else if (meaning !== undefined) values.push({ path, default: '', meaning });
        walk(value, `${path}.`, value.commentBefore);
      } else values.push({ path, default: toInline(value), meaning });
    });
  };
  if (document.contents !== null)
    walk(document.contents, '', document.commentBefore ?? document.contents.commentBefore);
  return { sections, values };
}

/** @throws Error if the README has no marks */
export function withValuesTables(readme: string, values: Values): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`The README lacks the lines\n${BEGIN}\n${END}`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n${toTables(values)}\n\n${readme.slice(end)}`;
}

/** Formats one Markdown table per top-level key. */
export function toTables({ sections, values }: Values): string {
  const groups = Map.groupBy(values, ({ path }) => path.split('.')[0] ?? path);
  return [...groups]
    .flatMap(([name, group]) => {
      const rows =
        name === 'services' ? toServiceRows(group) : group.map((value) => toRow(value, toCode(value.default)));
      const table = ['| value | default | meaning |', '|---|---|---|', ...rows].join('\n');
      return [`### ${name}`, sections.get(name) ?? '', table].filter((part) => part !== '');
    })
    .join('\n\n');
}

/** Formats one row per service, and one per value with the meaning of the first service and all different defaults. */
function toServiceRows(values: readonly Value[]): readonly string[] {
  const sorted = values.toSorted((a, b) => Number(SERVICE_PATH.test(a.path)) - Number(SERVICE_PATH.test(b.path)));
  const groups = Map.groupBy(sorted, ({ path }) => path.replace(SERVICE_PATH, 'services.*.$2'));
  return [...groups].map(([path, group]) => {
    const byDefault = [...Map.groupBy(group, (value) => value.default)].toSorted(([, a], [, b]) => b.length - a.length);
    const defaults = byDefault.map(([text, same], index) => {
      const names = same.map((value) => value.path.replace(SERVICE_PATH, '$1')).join(', ');
      return index === 0 ? toCode(text) : `${names}: ${toCode(text)}`;
    });
    return toRow({ path, meaning: group[0]?.meaning }, defaults.join('; '));
  });
}

function toRow({ path, meaning = '' }: Pick<Value, 'path' | 'meaning'>, defaults: string): string {
  return `| \`${path}\` | ${defaults} | ${meaning.replaceAll('|', '\\|').replaceAll('<', '&lt;')} |`;
}

const toCode = (text: string): string => (text === '' ? '' : `\`${text}\``);

function hasComments({ commentBefore, items }: Section): boolean {
  const areInside = items.some(({ key, value }) => key.commentBefore || (isMap<Scalar>(value) && hasComments(value)));
  return Boolean(commentBefore) || areInside;
}

function toInline(node: unknown): string {
  const value: unknown = JSON.parse(JSON.stringify(node));
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, singleQuote: true }).trim();
}
