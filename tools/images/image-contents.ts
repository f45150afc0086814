import type { Builder } from './builder.ts';

/** A package that npm installed into an image. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  /** Subresource integrity of the archive that it came in; what is built here has none. */
  readonly integrity?: string;
}

export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
}

/** What an image says it is made of. */
export interface ImageContents {
  readonly nodeVersion: string;
  /** `12`: of Debian. */
  readonly debianVersion: string;
  readonly npm: readonly NpmPackage[];
  readonly debian: readonly DebianPackage[];
}

interface LockEntry {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

interface Facts {
  readonly node: string;
  readonly osRelease: string;
  readonly dpkg: string;
  readonly lock: Readonly<Record<string, LockEntry>>;
}

// Runs in the image. npm's list may name what was deleted after npm had written it: only what is there counts.
const SCRIPT = `
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const read = (path) => readFileSync(path, 'utf8');
const noted = '/var/lib/dpkg/status.d/';
const dpkg = [read('/var/lib/dpkg/status'), ...(existsSync(noted) ? readdirSync(noted).map((name) => read(noted + name)) : [])];
const { packages } = JSON.parse(read('/viernes/node_modules/.package-lock.json'));
const lock = Object.fromEntries(Object.entries(packages).filter(([path]) => existsSync('/viernes/' + path)));
console.log(JSON.stringify({ node: process.versions.node, osRelease: read('/etc/os-release'), dpkg: dpkg.join('\\n\\n'), lock }));
`;

/** Asks the image itself: not what should be in it, but what is. */
export async function readContents(builder: Builder, image: string): Promise<ImageContents> {
  return contentsOf(JSON.parse(await builder.runNode(image, SCRIPT)) as Facts);
}

export function contentsOf({ node, osRelease, dpkg, lock }: Facts): ImageContents {
  return {
    nodeVersion: node,
    debianVersion: /^VERSION_ID="?([^"\n]+)/m.exec(osRelease)?.[1] ?? 'unknown',
    npm: Object.entries(lock).flatMap(([path, entry]) => npmPackage(path, entry)),
    debian: debianPackages(dpkg),
  };
}

function npmPackage(path: string, { name, version, license, integrity, link }: LockEntry): NpmPackage[] {
  // A link leads to a workspace, which has an entry of its own.
  if (link === true || version === undefined) return [];
  return [
    {
      name: name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      ...(license !== undefined && { license }),
      ...(integrity !== undefined && { integrity }),
    },
  ];
}

/** Reads paragraphs of dpkg's status file; removed packages whose settings are still there are left out. */
export function debianPackages(status: string): DebianPackage[] {
  return status.split(/\n{2,}/).flatMap((paragraph) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1];
    const [name, version, architecture] = [field('Package'), field('Version'), field('Architecture')];
    if (name === undefined || version === undefined || architecture === undefined) return [];
    return field('Status')?.endsWith(' installed') === true ? [{ name, version, architecture }] : [];
  });
}
