import type { ProgramNeed } from './programs.ts';

export interface Missing {
  readonly need: ProgramNeed | 'browser';
  /** Why the wheels did not help, where they were tried. */
  readonly reason?: string | undefined;
}

interface Remedy {
  readonly what: string;
  readonly debian: string;
  readonly macos: string;
}

const REMEDIES: Record<Missing['need'], Remedy> = {
  postgres: {
    what: 'PostgreSQL',
    debian: 'npm ci --include=optional',
    macos: 'npm ci --include=optional',
  },
  kafka: {
    what: 'Java 17 or newer, and Maven or Python 3 for what runs on it (Kafka)',
    debian: 'apt-get install default-jre-headless maven',
    macos: 'brew install openjdk maven',
  },
  s3: {
    what: 'MinIO, or Python 3 with venv for SeaweedFS (S3)',
    debian: 'apt-get install python3 python3-venv',
    macos: 'brew install minio',
  },
  valkey: {
    what: 'Valkey or Redis',
    debian: 'apt-get install redis-server',
    macos: 'brew install valkey',
  },
  ffmpeg: { what: 'ffmpeg and ffprobe', debian: 'apt-get install ffmpeg', macos: 'brew install ffmpeg' },
  browser: {
    what: 'Chromium or Chrome, for the tests that use the page',
    debian: 'apt-get install chromium',
    macos: 'brew install --cask google-chrome',
  },
};

/** Everything that is missing, each with the command that installs it. */
export function missingText(missing: readonly Missing[], platform: NodeJS.Platform = process.platform): string {
  const lines = missing.map(({ need, reason }) => {
    const { what, debian, macos } = REMEDIES[need];
    const why = reason === undefined ? '' : `\n      (${reason})`;
    return `  ${what}\n      ${platform === 'darwin' ? macos : debian}${why}`;
  });
  return ['Missing on this machine, with the command that installs each:', ...lines]
    .concat('Or start a container engine (docker, podman), or give addresses in the environment: npm start -- --help')
    .join('\n');
}
