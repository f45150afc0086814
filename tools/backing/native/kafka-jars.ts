import { createHash } from 'node:crypto';
import { execa } from 'execa';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE_DIR } from '../../workspace.ts';
import type { Wheels } from './wheels.ts';

const LIST = join(import.meta.dirname, 'jars.txt');
const COMPLETE = 'viernes-complete';

/** Returns the folder of Kafka's jars in this user's cache. The first call downloads them. */
export async function installKafkaJars({ python }: Wheels, onProgress: (text: string) => void): Promise<string> {
  const list = readFileSync(LIST, 'utf8');
  const folder = join(CACHE_DIR, `kafka-${createHash('sha256').update(list).digest('hex').slice(0, 12)}`);
  if (existsSync(join(folder, COMPLETE))) return folder;
  const hashes = parseList(list);
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    const options = { stdin: 'ignore', all: true } as const;
    const download = execa(python, [join(import.meta.dirname, 'fetch_jars.py'), LIST, draft], options);
    let count = 0;
    download.stdout.on('data', (data: Buffer) => {
      const lineEnds = data.filter((byte) => byte === 0x0a).length;
      if (Math.floor((count + lineEnds) / 10) > Math.floor(count / 10)) {
        onProgress(`downloading Kafka: ${count + lineEnds} of ${hashes.size} jars`);
      }
      count += lineEnds;
    });
    await download;
    await verify(draft, hashes);
    await writeFile(join(draft, COMPLETE), '');
    // Another clone can have created the same folder in the meantime.
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(join(folder, COMPLETE))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

/** Parses lines of `group:artifact:version sha256`. @returns SHA-256 by file name */
export function parseList(list: string): Map<string, string> {
  const lines = list.trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [, artifact, version, sha256] = /^[^:]+:([^:]+):(\S+) ([0-9a-f]{64})$/.exec(line) ?? [];
      if (sha256 === undefined) throw new Error(`jars.txt: invalid line: ${line}`);
      return [`${artifact}-${version}.jar`, sha256];
    }),
  );
}

/** @throws Error unless the folder contains exactly the listed jars */
export async function verify(folder: string, hashes: ReadonlyMap<string, string>): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jar'));
  const missing = [...hashes.keys()].filter((file) => !files.includes(file));
  const errors = missing.map((file) => `${file} is missing`);
  for (const file of files) {
    const hash = createHash('sha256').update(await readFile(join(folder, file)));
    if (hashes.get(file) !== hash.digest('hex')) errors.push(`${file} does not have the listed SHA-256`);
  }
  if (errors.length > 0) throw new Error(`The jars of Kafka differ from jars.txt:\n  ${errors.join('\n  ')}`);
}
