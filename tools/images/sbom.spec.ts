import { toSbom } from './sbom.ts';

const DPKG = `Package: libc6
Status: install ok installed
Architecture: amd64
Version: 2.36-9+deb12u13
Description: GNU C Library
 .
 Shared libraries.

Package: gone
Status: deinstall ok config-files
Architecture: amd64
Version: 1.0
`;

const CONTENTS = {
  node: '24.21.0',
  osRelease: 'NAME="Debian GNU/Linux"\nVERSION_ID="12"\n',
  dpkg: DPKG,
  npm: {
    'node_modules/@viernes/media': { link: true },
    'libs/media': { name: '@viernes/media', version: '0.1.0', license: 'MIT' },
    'node_modules/pino': {
      version: '10.4.0',
      license: 'MIT',
      integrity: `sha512-${Buffer.from('ab').toString('base64')}`,
    },
    'node_modules/a/node_modules/@b/c': { version: '1.0.0', license: 'SEE LICENSE IN LICENSE.txt' },
    'node_modules/d/node_modules/@b/c': { version: '1.0.0', license: 'SEE LICENSE IN LICENSE.txt' },
  },
};

describe('the SBOM of an image', () => {
  const { components, metadata } = toSbom('docker.io/viernes/edge:0.1.0', CONTENTS);

  it('lists each installed package once by package URL, in order', () => {
    expect(components.map(({ purl }) => purl)).toEqual([
      'pkg:deb/debian/libc6@2.36-9%2Bdeb12u13?arch=amd64&distro=debian-12',
      'pkg:generic/node@24.21.0',
      'pkg:npm/%40b/c@1.0.0',
      'pkg:npm/%40viernes/media@0.1.0',
      'pkg:npm/pino@10.4.0',
    ]);
  });

  it('contains the name and the tag of the image', () => {
    expect(metadata.component).toMatchObject({ name: 'docker.io/viernes/edge', version: '0.1.0' });
  });

  it('contains licenses, and the hash of the npm archive', () => {
    expect(components.find(({ name }) => name === 'pino')).toMatchObject({
      licenses: [{ expression: 'MIT' }],
      hashes: [{ alg: 'SHA-512', content: '6162' }],
    });
    expect(components.find(({ name }) => name === '@b/c')?.['licenses']).toEqual([
      { license: { name: 'SEE LICENSE IN LICENSE.txt' } },
    ]);
  });
});
