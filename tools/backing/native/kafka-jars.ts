import { createHash } from 'node:crypto';
import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shortHash } from '../../workspace.ts';
import { createCacheFolder } from './cache-folder.ts';
import type { Wheels } from './wheels.ts';

const LIST = join(import.meta.dirname, 'jars.txt');

/** Returns the folder of Kafka's jars in this user's cache. The first call downloads them. */
export function installKafkaJars({ python }: Wheels, onProgress: (text: string) => void): Promise<string> {
  const list = readFileSync(LIST, 'utf8');
  return createCacheFolder(`kafka-${shortHash(list)}`, async (draft) => {
    const hashes = parseList(list);
    const script = join(import.meta.dirname, 'fetch_jars.py');
    let count = 0;
    for await (const _jar of execa(python, [script, LIST, draft], { stdin: 'ignore', all: true })) {
      count += 1;
      if (count % 10 === 0) onProgress(`downloading Kafka: ${count} of ${hashes.size} jars`);
    }
    await verify(draft, hashes);
  });
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
  const files = new Set([...hashes.keys(), ...(await readdir(folder)).filter((name) => name.endsWith('.jar'))]);
  for (const file of files) {
    const content = await readFile(join(folder, file));
    const hash = createHash('sha256').update(content).digest('hex');
    if (hashes.get(file) !== hash) throw new Error(`${file} does not have the SHA-256 in jars.txt`);
  }
}
