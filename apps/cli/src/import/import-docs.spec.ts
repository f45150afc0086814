import { readFileSync } from 'node:fs';
import { STANDARD_COLUMNS, TITLE_FIELDS } from '@viernes/title-csv';
import { parseMapping } from './mapping-file.js';

describe('docs/import.md', () => {
  const page = readFileSync(new URL('../../../../docs/import.md', import.meta.url), 'utf8');

  it('contains a valid mapping file', () => {
    const [, example = ''] = /```json\n([^]*?)```/.exec(page) ?? [];
    expect(parseMapping(JSON.parse(example)).mapping.columns).toMatchObject({ id: 'tconst' });
  });

  it('lists the standard columns, and the fields of a mapping file', () => {
    const codes = new Set([...page.matchAll(/`([A-Za-z_]+)`/g)].map(([, code]) => code));
    const names = [...Object.values(STANDARD_COLUMNS), ...TITLE_FIELDS];
    expect(names.filter((name) => !codes.has(name))).toEqual([]);
  });
});
