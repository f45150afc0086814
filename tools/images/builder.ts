import { execa } from 'execa';
import { WORKSPACE } from '../workspace.ts';
import { toBytes } from './size-limits.ts';

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
  save(image: string, file: string): Promise<void>;
  /** Runs a script with Node.js in the image and returns its output. */
  runNode(image: string, script: string): Promise<string>;
}

/**
 * Returns docker if its daemon responds, otherwise buildah. IMAGE_BUILDER selects one of them, or a command that is called with
 * the image, the folder and the options of `buildah build`, and stores the image in buildah. IMAGE_BUILD_OPTIONS adds options.
 *
 * @throws Error if neither is available
 */
export async function findBuilder(env: NodeJS.ProcessEnv = process.env): Promise<Builder> {
  const options = (env['IMAGE_BUILD_OPTIONS'] ?? '').split(/\s+/).filter((option) => option !== '');
  const selected = env['IMAGE_BUILDER'] || undefined;
  if (selected === 'docker' || (selected === undefined && (await succeeds('docker', 'version'))))
    return docker(options);
  if (selected === undefined && !(await succeeds('buildah', '--version'))) {
    throw new Error('No image builder found. Start docker, or install buildah: apt-get install buildah');
  }
  const isCustom = selected !== undefined && selected !== 'buildah';
  return buildah(isCustom ? selected : 'buildah', (image) =>
    isCustom
      ? [image, WORKSPACE, ...options]
      : ['build', '--layers', '--format', 'docker', '--tag', image, ...options, WORKSPACE],
  );
}

async function succeeds(...[program, ...args]: [string, ...string[]]): Promise<boolean> {
  return (await execa(program, args, { stdin: 'ignore', timeout: 5_000, reject: false })).exitCode === 0;
}

function docker(options: readonly string[]): Builder {
  return {
    name: 'docker',
    build: (image, buildArguments) => build('docker', ['build', '--tag', image, ...options, WORKSPACE], buildArguments),
    async sizeBytes(image) {
      return Number((await execa('docker', ['image', 'inspect', '--format', '{{.Size}}', image])).stdout);
    },
    findId: (image) => findId(['docker', 'image', 'inspect', '--format', '{{.Id}}', image]),
    async save(image, file) {
      await execa('docker', ['save', '--output', file, image]);
    },
    async runNode(image, script) {
      const args = ['run', '--rm', '--network', 'none', '--entrypoint', 'node', image, '--eval', script];
      return (await execa('docker', args, { stdin: 'ignore' })).stdout;
    },
  };
}

function buildah(program: string, toArguments: (image: string) => readonly string[]): Builder {
  return {
    name: program,
    build: (image, buildArguments) => build(program, toArguments(image), buildArguments),
    async sizeBytes(image) {
      const { stdout } = await execa('buildah', ['images', '--format', '{{.Size}}', image]);
      // One line per name of the image.
      return toBytes(stdout.split('\n')[0] ?? '');
    },
    findId: (image) => findId(['buildah', 'inspect', '--type', 'image', '--format', '{{.FromImageID}}', image]),
    async save(image, file) {
      await execa('buildah', ['push', '--quiet', image, `docker-archive:${file}:${image}`]);
    },
    async runNode(image, script) {
      const { stdout: container } = await execa('buildah', ['from', '--pull-never', image]);
      try {
        // The isolation `chroot` needs no container runtime.
        const args = ['run', '--isolation', 'chroot', container, '--', 'node', '--eval', script];
        return (await execa('buildah', args, { stdin: 'ignore' })).stdout;
      } finally {
        await execa('buildah', ['rm', container]);
      }
    },
  };
}

async function findId([program, ...args]: [string, ...string[]]): Promise<string | undefined> {
  const { exitCode, stdout } = await execa(program, args, { reject: false });
  return exitCode === 0 ? stdout.replace(/^sha256:/, '') : undefined;
}

async function build(
  program: string,
  args: readonly string[],
  buildArguments: Readonly<Record<string, string>>,
): Promise<void> {
  const flags = Object.entries(buildArguments).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const env = program === 'docker' ? { DOCKER_BUILDKIT: '1' } : {};
  await execa(program, [...args, ...flags], { cwd: WORKSPACE, env, all: true, stdin: 'ignore' });
}
