import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_FLAGS } from '../platform/app-processes.ts';
import { WORKSPACE } from '../workspace.ts';
import { chosenApps, IMAGE_APPS, imageName, version } from './images.ts';

describe('which images', () => {
  it('are all of them, or those that were asked for', () => {
    expect(chosenApps([])).toEqual(IMAGE_APPS);
    expect(chosenApps(['user', 'edge'])).toEqual(['edge', 'user']);
    expect(() => chosenApps(['web'])).toThrow('No such app: web. There are: edge,');
  });

  it('are named after the app and the version, unless the environment says otherwise', () => {
    expect(imageName('edge', {})).toBe(`docker.io/viernes/edge:${version()}`);
    const env = { IMAGE_REGISTRY: 'registry.example:5000/films', IMAGE_TAG: 'next' };
    expect(imageName('edge', env)).toBe('registry.example:5000/films/edge:next');
  });
});

describe('files that say the same twice', () => {
  const read = (name: string) => readFileSync(join(WORKSPACE, name), 'utf8');

  it('start Node in an image as on a laptop', () => {
    const entrypoints = [...read('Dockerfile').matchAll(/^ENTRYPOINT (.*)$/gm)].map(
      ([, list = '']) => JSON.parse(list) as string[],
    );
    expect(entrypoints).toEqual([
      ['node', ...NODE_FLAGS],
      ['tini', '--', 'node', ...NODE_FLAGS],
    ]);
  });

  it('run in compose what npm run images builds', () => {
    const images = [
      ...read('compose.yaml').matchAll(/image: \$\{IMAGE_REGISTRY:-(.*?)\}\/(\w+):\$\{IMAGE_TAG:-(.*?)\}/g),
    ];
    expect(images.map(([, registry, app, tag]) => `${registry}/${app}:${tag}`).toSorted()).toEqual(
      IMAGE_APPS.map((app) => imageName(app, {})).toSorted(),
    );
  });
});
