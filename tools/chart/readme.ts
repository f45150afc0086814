import type { ValueRow, ValuesTable } from './values-table.ts';

const BEGIN = '<!-- values: npm run chart -- --write generates these tables from the comments in values.yaml -->';
const END = '<!-- /values -->';
const OF_A_SERVICE = /^services\.([^.]+)\.(.+)$/;

/**
 * Puts the tables of all values between the two marks of a README.
 *
 * @throws Error when the marks are not there
 */
export function withValuesTable(readme: string, table: ValuesTable): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`The README lacks the lines\n${BEGIN}\n${END}`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n${valuesTables(table)}\n\n${readme.slice(end)}`;
}

/** The values as Markdown: a heading and a table for each key of the top level. */
export function valuesTables({ sections, rows }: ValuesTable): string {
  return [...Map.groupBy(rows, ({ path }) => path.split('.')[0] ?? path)]
    .map(([name, group]) => {
      const lines = name === 'services' ? serviceLines(group) : group.map(line);
      return [
        `### ${name}`,
        sections.get(name) ?? '',
        ['| value | default | meaning |', '|---|---|---|', ...lines].join('\n'),
      ]
        .filter((part) => part !== '')
        .join('\n\n');
    })
    .join('\n\n');
}

function line({ path, standard, meaning = '' }: ValueRow): string {
  return tableLine(path, `\`${standard}\``, meaning);
}

/** One line for what all services have: the meaning is that of the first, defaults are told apart where they differ. */
function serviceLines(rows: readonly ValueRow[]): readonly string[] {
  const byKey = Map.groupBy(rows, ({ path }) => path.replace(OF_A_SERVICE, '$2'));
  return [...byKey].map(([key, same]) => {
    const byStandard = [...Map.groupBy(same, ({ standard }) => standard)].toSorted(
      ([, a], [, b]) => b.length - a.length,
    );
    const standards = byStandard.map(([standard, those], index) => {
      const names = those.map(({ path }) => path.replace(OF_A_SERVICE, '$1')).join(', ');
      return index === 0 ? `\`${standard}\`` : `${names}: \`${standard}\``;
    });
    return tableLine(`services.*.${key}`, standards.join('; '), same[0]?.meaning ?? '');
  });
}

function tableLine(path: string, standard: string, meaning: string): string {
  return `| \`${path}\` | ${standard} | ${meaning.replaceAll('|', '\\|').replaceAll('<', '&lt;')} |`;
}
