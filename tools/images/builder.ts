import { execa } from 'execa';
import { findOnPath } from '../backing/native/programs.ts';
import { WORKSPACE } from '../workspace.ts';
import { sizeInBytes } from './sizes.ts';

/** What makes images on this machine, and knows those that it made. */
export interface Builder {
  readonly name: string;
  /** @throws ExecaError when the build fails; what it printed is on the terminal then */
  build(image: string, buildArguments: Readonly<Record<string, string>>): Promise<void>;
  /** Of all its layers, unpacked. */
  sizeBytes(image: string): Promise<number>;
  /** What a script prints that Node runs in the image. */
  runNode(image: string, script: string): Promise<string>;
}

/**
 * docker where its daemon answers, else buildah. IMAGE_BUILDER names one of them, or a command that is called with the
 * image, the folder and buildah's options, and leaves the image with buildah. IMAGE_BUILD_OPTIONS: more options,
 * separated by blanks.
 *
 * @throws Error that says what to install
 */
export async function findBuilder(env: NodeJS.ProcessEnv = process.env): Promise<Builder> {
  const options = (env['IMAGE_BUILD_OPTIONS'] ?? '').split(/\s+/).filter((option) => option !== '');
  const wanted = env['IMAGE_BUILDER'] || undefined;
  if (wanted === 'docker' || (wanted === undefined && (await dockerAnswers()))) return docker(options);
  if (wanted === undefined && findOnPath('buildah') === undefined) {
    throw new Error('Neither a docker daemon that answers nor buildah is there: apt-get install buildah');
  }
  return wanted === undefined || wanted === 'buildah'
    ? buildah(['buildah', 'build', '--layers', '--format', 'docker'], (image) => [
        '--tag',
        image,
        ...options,
        WORKSPACE,
      ])
    : buildah([wanted], (image) => [image, WORKSPACE, ...options]);
}

async function dockerAnswers(): Promise<boolean> {
  if (findOnPath('docker') === undefined) return false;
  const { exitCode } = await execa('docker', ['version'], { stdin: 'ignore', timeout: 5000, reject: false });
  return exitCode === 0;
}

function docker(options: readonly string[]): Builder {
  return {
    name: 'docker',
    async build(image, buildArguments) {
      const args = ['build', '--tag', image, ...asOptions(buildArguments), ...options, WORKSPACE];
      await run('docker', args, { DOCKER_BUILDKIT: '1' });
    },
    async sizeBytes(image) {
      return Number((await execa('docker', ['image', 'inspect', '--format', '{{.Size}}', image])).stdout);
    },
    async runNode(image, script) {
      const args = ['run', '--rm', '--network', 'none', '--entrypoint', 'node', image, '--eval', script];
      return (await execa('docker', args, { stdin: 'ignore' })).stdout;
    },
  };
}

function buildah([program = '', ...start]: readonly string[], rest: (image: string) => readonly string[]): Builder {
  return {
    name: program,
    async build(image, buildArguments) {
      const [first = '', ...more] = rest(image);
      await run(program, [...start, first, ...more, ...asOptions(buildArguments)], {});
    },
    async sizeBytes(image) {
      const { stdout } = await execa('buildah', ['images', '--format', '{{.Size}}', image]);
      // One line for each of the image's names.
      return sizeInBytes(stdout.split('\n')[0] ?? '');
    },
    async runNode(image, script) {
      const { stdout: container } = await execa('buildah', ['from', '--pull-never', image]);
      try {
        // The isolation that needs no runtime and no rights of its own.
        const args = ['run', '--isolation', 'chroot', container, '--', 'node', '--eval', script];
        return (await execa('buildah', args, { stdin: 'ignore' })).stdout;
      } finally {
        await execa('buildah', ['rm', container]);
      }
    },
  };
}

function asOptions(buildArguments: Readonly<Record<string, string>>): string[] {
  return Object.entries(buildArguments).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
}

async function run(program: string, args: readonly string[], env: Record<string, string>): Promise<void> {
  await execa(program, args, { cwd: WORKSPACE, env, all: true, stdin: 'ignore' });
}
