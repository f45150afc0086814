import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';

/** Entities of services. The benchmarks have separate tables. */
const ENTITY = /^apps\/(?!bench\/)(\w+)\/.*\.entity\.ts$|^libs\/(?:database|messaging)\/.*\.entity\.ts$/;

/** Lists the tables as `service table`. Each service has those of `libs/messaging` and `libs/database`. */
function listTables(): string[] {
  const paths = execFileSync('git', ['ls-files', '*.entity.ts'], { cwd: WORKSPACE, encoding: 'utf8' }).split('\n');
  return paths.flatMap((path) => {
    const match = ENTITY.exec(path);
    const source = match ? readFileSync(join(WORKSPACE, path), 'utf8') : '';
    return [...source.matchAll(/@Entity\('(\w+)'/g)].map(([, table]) => `${match?.[1] ?? 'each'} ${table}`);
  });
}

describe('docs/data.md', () => {
  const page = readFileSync(join(WORKSPACE, 'docs', 'data.md'), 'utf8');
  const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

  it('contains one complete row for each table of the services', () => {
    const tables = rows.filter(([, , table]) => /^`\w+`$/.test(table ?? ''));
    const documented = tables.map(([, service, table]) => `${service} ${table?.replaceAll('`', '')}`);
    expect(documented.toSorted()).toEqual(listTables().toSorted());
    for (const [, , , ...texts] of tables) expect(texts.slice(0, 3)).not.toContain('');
  });

  it('names classes that exist', () => {
    const classes = [...page.matchAll(/`([A-Z]\w+)`/g)].map(([, name]) => String(name));
    const exists = (name: string): boolean => {
      const found = execFileSync('git', ['grep', '-l', `export class ${name} `, '--', 'apps', 'libs'], {
        cwd: WORKSPACE,
        encoding: 'utf8',
      });
      return found !== '';
    };
    expect(classes.filter((name) => !exists(name))).toEqual([]);
  });
});
