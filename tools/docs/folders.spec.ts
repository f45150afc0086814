import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';

describe.each(['catalog', 'user', 'video'])('the README of %s', (service) => {
  it('describes each folder in src, and no other', () => {
    const app = join(WORKSPACE, 'apps', service);
    const entries = readdirSync(join(app, 'src'), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== 'testing').map(({ name }) => name);
    const readme = readFileSync(join(app, 'README.md'), 'utf8');
    const described = [...readme.matchAll(/^\| `([a-z-]+)\/`/gm)].map(([, folder]) => folder);
    expect(described.toSorted()).toEqual(folders.toSorted());
  });
});
