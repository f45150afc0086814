import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = fileURLToPath(new URL('../..', import.meta.url));
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: workspace, encoding: 'utf8' }).trim().split('\n');

const LINK = /\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)\s]*)?\)/g;
/** A path of this repository in a code span, such as `libs/media/src/ladder`. */
const PATH_IN_CODE = /`((?:apps|libs|tools|docs|helm|k8s)\/[\w./-]+)`/g;
const COMMAND = /`npm run ([\w:-]+)/g;

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(workspace, page), 'utf8');

  it('links to files that exist', () => {
    const targets = [...text.matchAll(LINK)].map(([, target]) => join(dirname(page), String(target)));
    expect(targets.filter((target) => !existsSync(join(workspace, target)))).toEqual([]);
  });

  it('names paths that exist', () => {
    const paths = [...text.matchAll(PATH_IN_CODE)].map(([, path]) => String(path));
    expect(paths.filter((path) => !existsSync(join(workspace, path)))).toEqual([]);
  });

  it('names commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')) as { scripts: object };
    const commands = [...text.matchAll(COMMAND)].map(([, command]) => String(command));
    expect(commands.filter((command) => !(command in scripts))).toEqual([]);
  });
});
