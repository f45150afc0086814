import { contentsOf, debianPackages } from './image-contents.ts';
import { sbomOf } from './sbom.ts';

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

const FACTS = {
  node: '24.21.0',
  osRelease: 'NAME="Debian GNU/Linux"\nVERSION_ID="12"\n',
  dpkg: DPKG,
  lock: {
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

describe('what an image is made of', () => {
  it('are the packages that dpkg has installed, not those that it once had', () => {
    expect(debianPackages(DPKG)).toEqual([{ name: 'libc6', version: '2.36-9+deb12u13', architecture: 'amd64' }]);
  });

  it('is told by package addresses, each once and in order', () => {
    const { components } = sbomOf('docker.io/viernes/edge', '0.1.0', contentsOf(FACTS));
    expect(components.map(({ purl }) => purl)).toEqual([
      'pkg:deb/debian/libc6@2.36-9%2Bdeb12u13?arch=amd64&distro=debian-12',
      'pkg:generic/node@24.21.0',
      'pkg:npm/%40b/c@1.0.0',
      'pkg:npm/%40viernes/media@0.1.0',
      'pkg:npm/pino@10.4.0',
    ]);
  });

  it('comes with licences, and the hash of the archive', () => {
    const { components } = sbomOf('docker.io/viernes/edge', '0.1.0', contentsOf(FACTS));
    expect(components.find(({ name }) => name === 'pino')).toMatchObject({
      licenses: [{ expression: 'MIT' }],
      hashes: [{ alg: 'SHA-512', content: '6162' }],
    });
    expect(components.find(({ name }) => name === '@b/c')?.licenses).toEqual([
      { license: { name: 'SEE LICENSE IN LICENSE.txt' } },
    ]);
  });
});
