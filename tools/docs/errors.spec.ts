import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';

const TABLE = 'libs/contracts/src/errors/error-table.ts';

/** Lists source files without tests, generated code, and descriptions of possible responses. */
function sources(): string[] {
  const listed = execFileSync('git', ['ls-files', 'apps/*.ts', 'libs/*.ts'], { cwd: WORKSPACE, encoding: 'utf8' });
  return listed
    .split('\n')
    .filter((path) => path !== '' && path !== TABLE && !/\.spec\.ts$|\.operations\.ts$|\/testing\/|\/gen\//.test(path));
}

describe('the error table', () => {
  it('contains no code that is never returned', () => {
    const source = sources()
      .map((path) => readFileSync(join(WORKSPACE, path), 'utf8'))
      .join('\n');
    const rows = readFileSync(join(WORKSPACE, TABLE), 'utf8').matchAll(/^ {2}([A-Z_]+): \{/gm);
    const codes = [...rows].map(([, code = '']) => code);
    expect(codes).toContain('INTERNAL');
    expect(codes.filter((code) => !source.includes(`'${code}'`))).toEqual([]);
  });
});
