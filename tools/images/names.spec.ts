import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toNodeFlags } from '../platform/app-processes.ts';
import { WORKSPACE } from '../workspace.ts';
import { IMAGE_APPS, imageName, selectApps, version } from './names.ts';

describe('images', () => {
  it('selects images by app name, or all images without a name', () => {
    expect(selectApps([])).toEqual(IMAGE_APPS);
    expect(selectApps(['user', 'edge'])).toEqual(['edge', 'user']);
    expect(() => selectApps(['web'])).toThrow('Unknown app: web. Choose from: edge,');
  });

  it('names images by app and version, or by IMAGE_REGISTRY and IMAGE_TAG', () => {
    expect(imageName('edge', {})).toBe(`docker.io/viernes/edge:${version()}`);
    const env = { IMAGE_REGISTRY: 'registry.example:5000/films', IMAGE_TAG: 'next' };
    expect(imageName('edge', env)).toBe('registry.example:5000/films/edge:next');
  });
});

describe('other files', () => {
  const read = (name: string) => readFileSync(join(WORKSPACE, name), 'utf8');

  it('the Dockerfile starts Node.js with the same flags as npm start', () => {
    const entrypoints = [...read('Dockerfile').matchAll(/^ENTRYPOINT (.*)$/gm)].map(
      ([, list = '']) => JSON.parse(list) as string[],
    );
    expect(entrypoints).toEqual([
      ['node', ...toNodeFlags('user')],
      ['node', ...toNodeFlags('catalog')],
      ['node', ...toNodeFlags('edge')],
      ['tini', '--', 'node', ...toNodeFlags('transcoder')],
    ]);
  });

  it('compose.yaml runs the images of npm run images, except the monolith', () => {
    const images = [
      ...read('compose.yaml').matchAll(/image: \$\{IMAGE_REGISTRY:-(.*?)\}\/(\w+):\$\{IMAGE_TAG:-(.*?)\}/g),
    ];
    expect(images.map(([, registry, app, tag]) => `${registry}/${app}:${tag}`).toSorted()).toEqual(
      IMAGE_APPS.filter((app) => app !== 'monolith')
        .map((app) => imageName(app, {}))
        .toSorted(),
    );
  });
});
