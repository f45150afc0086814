import { createHash } from 'node:crypto';
import { execa } from 'execa';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE } from '../../../workspace.ts';
import { findOnPath } from '../path-programs.ts';
import type { Wheels } from '../wheels.ts';

const LIST = join(import.meta.dirname, 'jars.json');
const POM = join(import.meta.dirname, 'pom.xml');
const COMPLETE = 'viernes-complete';

interface Jar {
  readonly artifact: string;
  readonly version: string;
  readonly sha256: string;
}

const JARS = JSON.parse(readFileSync(LIST, 'utf8')) as readonly Jar[];
const FOLDER = join(CACHE, `kafka-${createHash('sha256').update(readFileSync(LIST)).digest('hex').slice(0, 12)}`);

export function jarsAreThere(): boolean {
  return existsSync(join(FOLDER, COMPLETE));
}

/**
 * The folder of Kafka's jars in this user's cache, filled at the first call: by Maven where there is one, else by jgo.
 *
 * @throws Error when what arrived is not exactly what the list says
 */
export async function kafkaJars(wheels: Wheels | undefined, onProgress: (text: string) => void): Promise<string> {
  if (jarsAreThere()) return FOLDER;
  const draft = `${FOLDER}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    await fetchJars(draft, wheels, onProgress);
    await verify(draft);
    await writeFile(join(draft, COMPLETE), '');
    await rename(draft, FOLDER).catch((error: unknown) => {
      if (!jarsAreThere()) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return FOLDER;
}

async function fetchJars(
  folder: string,
  wheels: Wheels | undefined,
  onProgress: (text: string) => void,
): Promise<void> {
  const options = { stdin: 'ignore', all: true } as const;
  const mvn = findOnPath(['mvn']);
  if (mvn !== undefined) {
    onProgress(`fetching Kafka 4.3.1, ${JARS.length} jars, with Maven`);
    const args = [
      '-q',
      '-B',
      '-f',
      POM,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${folder}`,
    ];
    const { exitCode, all } = await execa(mvn, args, { ...options, reject: false });
    if (exitCode === 0) return;
    if (wheels === undefined) throw new Error(`Maven could not fetch Kafka\n${all}`);
  }
  if (wheels === undefined) throw new Error('Neither Maven nor Python is there to fetch Kafka');
  const fetching = execa(wheels.python, [join(import.meta.dirname, 'fetch_jars.py'), LIST, folder], options);
  let count = 0;
  fetching.stdout.on('data', (data: Buffer) => {
    const before = count;
    count += String(data).trim().split('\n').length;
    if (Math.floor(count / 10) === Math.floor(before / 10)) return;
    onProgress(`fetching Kafka 4.3.1: ${count} of ${JARS.length} jars`);
  });
  await fetching;
}

async function verify(folder: string): Promise<void> {
  const wanted = new Map(JARS.map(({ artifact, version, sha256 }) => [`${artifact}-${version}.jar`, sha256]));
  const faults: string[] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.jar'))) {
    const sha256 = createHash('sha256')
      .update(await readFile(join(folder, file)))
      .digest('hex');
    if (!wanted.has(file)) faults.push(`${file} is not on the list`);
    else if (wanted.get(file) !== sha256) faults.push(`${file} has the hash ${sha256}`);
    wanted.delete(file);
  }
  for (const file of wanted.keys()) faults.push(`${file} did not arrive`);
  if (faults.length > 0) throw new Error(`Kafka's jars are not those of jars.json:\n  ${faults.join('\n  ')}`);
}
