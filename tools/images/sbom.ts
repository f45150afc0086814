interface Package {
  /** Only if the folder has another name: for workspaces and aliases. */
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  /** Hash of the npm archive. */
  readonly integrity?: string;
  readonly link?: boolean;
}

/** The installed software of an image, read inside the image. */
export interface ImageContents {
  readonly node: string;
  readonly osRelease: string;
  readonly dpkg: string;
  /** npm packages by folder. */
  readonly npm: Readonly<Record<string, Package>>;
}

/**
 * Prints the {@link ImageContents}. The packages of files that were copied into the image are in status.d. Omits packages
 * in npm's list whose folders were deleted later.
 */
export const READ_CONTENTS = `
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const read = (path) => readFileSync(path, 'utf8');
const copied = '/var/lib/dpkg/status.d/';
const dpkg = [read('/var/lib/dpkg/status'), ...(existsSync(copied) ? readdirSync(copied).map((name) => read(copied + name)) : [])];
const { packages } = JSON.parse(read('/viernes/node_modules/.package-lock.json'));
const npm = Object.fromEntries(Object.entries(packages).filter(([path]) => existsSync('/viernes/' + path)));
console.log(JSON.stringify({ node: process.versions.node, osRelease: read('/etc/os-release'), dpkg: dpkg.join('\\n\\n'), npm }));
`;

type Component = Readonly<Record<string, unknown>> & { readonly name: string; readonly purl: string };

/**
 * Returns the software of an image as CycloneDX 1.6: Node.js, npm packages with licenses and hashes, and Debian
 * packages. The licenses of Debian packages are in the image, in /usr/share/doc. The result has no time and no serial
 * number, so that identical contents have identical SBOMs.
 */
export function toSbom(image: string, { node, osRelease, dpkg, npm }: ImageContents) {
  const [, name = '', version = ''] = /^(.*):(.*)$/.exec(image) ?? [];
  const debian = /^VERSION_ID="?([^"\n]+)/m.exec(osRelease)?.[1] ?? 'unknown';
  const components = [
    toComponent('node', node, `pkg:generic/node@${node}`, { type: 'platform' }),
    // A link points to a workspace, which has a separate entry.
    ...Object.entries(npm).flatMap(([path, entry]) => (entry.link === true ? [] : toNpmComponent(path, entry))),
    ...dpkg.split(/\n{2,}/).flatMap((paragraph) => toDebianComponent(paragraph, debian)),
  ];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'post-build' }],
      component: { type: 'container', 'bom-ref': name, name, version },
    },
    // A package in several folders is one component.
    components: [...new Map(components.map((component) => [component.purl, component])).values()].toSorted((a, b) =>
      a.purl < b.purl ? -1 : 1,
    ),
  };
}

function toComponent(name: string, version: string, purl: string, more: object = {}): Component {
  return { type: 'library', 'bom-ref': purl, name, version, purl, ...more };
}

function toNpmComponent(path: string, { name: declaredName, version, license, integrity }: Package): Component[] {
  if (version === undefined) return [];
  const name = declaredName ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const [algorithm, digest = ''] = integrity?.split('-') ?? [];
  const content = Buffer.from(digest, 'base64').toString('hex');
  // `SEE LICENSE IN ...` is not an SPDX expression.
  const toLicense = (text: string) => (text.startsWith('SEE ') ? { license: { name: text } } : { expression: text });
  const more = {
    ...(license !== undefined && { licenses: [toLicense(license)] }),
    ...(algorithm === 'sha512' && { hashes: [{ alg: 'SHA-512', content }] }),
  };
  return [toComponent(name, version, `pkg:npm/${name.replace('@', '%40')}@${version}`, more)];
}

/** Reads a paragraph of dpkg's status file. Omits removed packages whose configuration remains. */
function toDebianComponent(paragraph: string, debian: string): Component[] {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1];
  const [name, version, architecture] = [field('Package'), field('Version'), field('Architecture')];
  const isInstalled = field('Status')?.endsWith(' installed') === true;
  if (!isInstalled || name === undefined || version === undefined || architecture === undefined) return [];
  const [encodedName, encodedVersion] = [encodeURIComponent(name), encodeURIComponent(version)];
  const purl = `pkg:deb/debian/${encodedName}@${encodedVersion}?arch=${architecture}&distro=debian-${debian}`;
  return [toComponent(name, version, purl)];
}
