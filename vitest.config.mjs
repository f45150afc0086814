import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Imports libraries from their sources, so that no test uses an outdated build.
const conditions = ['@viernes/source', 'node'];
export const countReporter = join(import.meta.dirname, 'tools', 'test', 'count-reporter.ts');

/** Files that need a separate process: they set an environment variable that grpc-js reads only when it is loaded. */
const ISOLATED = ['libs/platform/src/grpc/scaling.spec.ts'];

const specs = (name) => [`{apps,libs}/*/src/**/${name}.spec.ts`, `tools/**/${name}.spec.ts`];

/** The settings of all tests. */
export const base = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // The options of tsconfig.base.json, which Vite reads only for the files of a project, and specs are excluded.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    globals: true,
    pool: 'forks',
    execArgv: ['--disable-warning=TimeoutNegativeWarning', '--disable-warning=ExperimentalWarning'],
    reporters: ['default', countReporter],
    // .ci/run repeats a failed test once, because other load of its machine delays processes, and reports it as flaky.
    retry: Number(process.env.VIERNES_TEST_RETRIES ?? 0),
  },
};

/** The tests of every project except acceptance. Paths select some of them: `npx vitest apps/catalog/src/title`. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    // The files that a worker runs share their modules. Evaluating NestJS and TypeORM per file doubles the CPU time.
    isolate: false,
    // One more than cores, because many tests wait: for unavailable services, expiring sessions, and due retries.
    maxWorkers: availableParallelism() + 1,
    // Terminates a hanging test. No test measures time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: specs('*'),
          exclude: [...specs('*.int'), 'apps/{acceptance,web}/**', ...ISOLATED],
        },
      },
      { extends: true, test: { name: 'isolated', include: ISOLATED, isolate: true } },
      { extends: true, test: { name: 'integration', include: specs('*.int'), exclude: ['apps/acceptance/**'] } },
      {
        extends: true,
        test: {
          name: 'web',
          include: ['apps/web/src/**/*.spec.ts'],
          setupFiles: ['apps/web/src/language/english.setup.ts'],
        },
      },
    ],
  },
});
