import type { DebianPackage, ImageContents, NpmPackage } from './image-contents.ts';

interface Component {
  readonly type: 'library' | 'platform';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly object[];
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}

export interface Sbom {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly version: 1;
  readonly metadata: object;
  readonly components: readonly Component[];
}

/**
 * The list of what an image is made of, as CycloneDX 1.6: Node, npm packages with licence and archive hash, Debian
 * packages. Which needs which is not in it, nor are licences of Debian packages: those lie in the image, under
 * /usr/share/doc. The same contents give the same text, so it holds no time and no serial number.
 *
 * @param image its name without the tag
 */
export function sbomOf(image: string, tag: string, contents: ImageContents): Sbom {
  const { nodeVersion, debianVersion, npm, debian } = contents;
  const components = [
    nodeComponent(nodeVersion),
    ...npm.map(npmComponent),
    ...debian.map((found) => debianComponent(found, debianVersion)),
  ];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'post-build' }],
      component: { type: 'container', 'bom-ref': image, name: image, version: tag },
    },
    // A package that lies in several folders is one component.
    components: [...new Map(components.map((component) => [component['bom-ref'], component])).values()].toSorted(
      (a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1),
    ),
  };
}

function nodeComponent(version: string): Component {
  const purl = `pkg:generic/node@${version}`;
  return { type: 'platform', 'bom-ref': purl, name: 'node', version, purl };
}

function npmComponent({ name, version, license, integrity }: NpmPackage): Component {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const [algorithm, digest] = integrity?.split('-') ?? [];
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    ...(license !== undefined && { licenses: [licence(license)] }),
    ...(algorithm === 'sha512' &&
      digest !== undefined && { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }),
  };
}

// `SEE LICENSE IN ...` is what npm has for a licence without an SPDX name.
function licence(text: string): object {
  return /^\(?[A-Z0-9][\w.+-]*( (AND|OR|WITH) [\w.+-]+)*\)?$/i.test(text)
    ? { expression: text }
    : { license: { name: text } };
}

function debianComponent({ name, version, architecture }: DebianPackage, debianVersion: string): Component {
  const purl = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}&distro=debian-${debianVersion}`;
  return { type: 'library', 'bom-ref': purl, name, version, purl };
}
