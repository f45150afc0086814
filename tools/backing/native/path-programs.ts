import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of these programs that is on PATH. */
export function findOnPath(names: readonly string[], path = process.env['PATH'] ?? ''): string | undefined {
  for (const name of names) {
    for (const folder of path.split(delimiter)) {
      const candidate = join(folder, name);
      if (folder !== '' && isProgram(candidate)) return candidate;
    }
  }
  return undefined;
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Major version out of what `java -version` prints: "17.0.9", "25", and "1.8.0_392" of old ones. */
export function javaMajor(banner: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(banner) ?? [];
  return first === undefined ? undefined : Number(first === '1' ? (second ?? 1) : first);
}

const OLDEST_JAVA = 17;

/** A Java runtime that is new enough for Kafka 4: of JAVA_HOME, else of the PATH. */
export function findJava(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const ofHome = env['JAVA_HOME'] === undefined ? undefined : join(env['JAVA_HOME'], 'bin', 'java');
  return [ofHome, findOnPath(['java'], env['PATH'])].find((java) => {
    if (java === undefined || !isProgram(java)) return false;
    // It tells its version on stderr. A stand-in that only asks for an installation prints none.
    const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
    return (javaMajor(stderr) ?? 0) >= OLDEST_JAVA;
  });
}
