import { execa } from 'execa';
import { WORKSPACE } from '../workspace.ts';

/** A program that builds images. */
export interface Builder {
  readonly name: string;
  /** @throws ExecaError with the output if the build fails */
  build(image: string, buildArguments: Readonly<Record<string, string>>): Promise<void>;
  /** Returns the unpacked size of all layers. */
  sizeBytes(image: string): Promise<number>;
  /** Returns undefined if the image does not exist. */
  findId(image: string): Promise<string | undefined>;
  /** Writes a docker archive. */
  save(image: string, file: string): Promise<unknown>;
  /** Runs a script with Node.js in the image and returns its output. */
  runNode(image: string, script: string): Promise<string>;
}

/**
 * Returns docker if its daemon responds, otherwise buildah. IMAGE_BUILDER selects one of them, or a command that is
 * called with the image, the folder and the options of `buildah build`, and stores the image in buildah.
 *
 * @throws Error if neither is available
 */
export async function findBuilder(env: NodeJS.ProcessEnv = process.env): Promise<Builder> {
  const program = env['IMAGE_BUILDER'] || (await findProgram());
  const isCustom = program !== 'docker' && program !== 'buildah';
  return {
    ...(program === 'docker' ? docker : buildah),
    name: program,
    async build(image, buildArguments) {
      const format = program === 'buildah' ? ['--layers', '--format', 'docker'] : [];
      const args = isCustom ? [image, WORKSPACE] : ['build', ...format, '--tag', image, WORKSPACE];
      const flags = Object.entries(buildArguments).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
      await run(program, [...args, ...flags]);
    },
  };
}

async function findProgram(): Promise<string> {
  const options = { stdin: 'ignore', timeout: 5_000, reject: false } as const;
  // Fails without a daemon.
  if ((await execa('docker', ['version'], options)).exitCode === 0) return 'docker';
  if ((await execa('buildah', ['--version'], options)).exitCode === 0) return 'buildah';
  throw new Error('No image builder found. Start docker, or install buildah: apt-get install buildah');
}

async function run(program: string, args: readonly string[]): Promise<string> {
  return (await execa(program, args, { cwd: WORKSPACE, stdin: 'ignore' })).stdout;
}

const docker: Omit<Builder, 'name' | 'build'> = {
  sizeBytes: async (image) => Number(await run('docker', ['image', 'inspect', '--format', '{{.Size}}', image])),
  async findId(image) {
    const id = await run('docker', ['image', 'inspect', '--format', '{{.Id}}', image]).catch(() => undefined);
    return id?.replace('sha256:', '');
  },
  save: (image, file) => run('docker', ['save', '--output', file, image]),
  runNode: (image, script) =>
    run('docker', ['run', '--rm', '--network', 'none', '--entrypoint', 'node', image, '--eval', script]),
};

const buildah: Omit<Builder, 'name' | 'build'> = {
  async sizeBytes(image) {
    // One line per name of the image.
    const [size = ''] = (await run('buildah', ['images', '--format', '{{.Size}}', image])).split('\n');
    return toBytes(size);
  },
  findId: (image) =>
    run('buildah', ['inspect', '--type', 'image', '--format', '{{.FromImageID}}', image]).catch(() => undefined),
  save: (image, file) => run('buildah', ['push', '--quiet', image, `docker-archive:${file}:${image}`]),
  async runNode(image, script) {
    const container = await run('buildah', ['from', '--pull-never', image]);
    try {
      // The isolation `chroot` needs no container runtime.
      return await run('buildah', ['run', '--isolation', 'chroot', container, '--', 'node', '--eval', script]);
    } finally {
      await run('buildah', ['rm', container]);
    }
  },
};

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9 };

/** Parses a size that buildah prints, such as `238 MB`. The units are decimal. @throws Error for other text */
export function toBytes(text: string): number {
  const [, amount, unit = ''] = /^([\d.]+)\s*(\w+)$/.exec(text.trim()) ?? [];
  const bytes = Number(amount) * (UNITS[unit] ?? Number.NaN);
  if (Number.isNaN(bytes)) throw new Error(`not a size: ${text}`);
  return bytes;
}
