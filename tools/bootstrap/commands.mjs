const NX = ['nx', 'run-many', '-t'];

/** What each command runs, in turn; `undefined`: tools/<command>/main.ts. */
export const COMMANDS = {
  start: undefined,
  test: undefined,
  reset: undefined,
  check: undefined,
  seed: [
    [...NX, 'build', '-p', '@viernes/cli'],
    ['node', 'apps/cli/dist/main.js', 'seed'],
  ],
  bench: [
    [...NX, 'build'],
    ['node', 'tools/bench/main.ts'],
  ],
  images: undefined,
  chart: undefined,
  'k8s:up': [['node', 'tools/k8s/main.ts', 'up']],
  'k8s:down': [['node', 'tools/k8s/main.ts', 'down']],
  'k8s:calls': [['node', 'tools/k8s/main.ts', 'calls']],
  'test:k8s': [['node', 'tools/test-k8s/main.ts']],
  'dead-letters': undefined,
  rebuild: undefined,
  build: [[...NX, 'build']],
  lint: [[...NX, 'lint']],
  typecheck: [
    [...NX, 'typecheck'],
    ['tsc', '-p', 'tsconfig.specs.json'],
    ['tsc', '-p', 'tools'],
  ],
  format: [['prettier', '--write', '--log-level', 'warn', '.']],
  codegen: [[...NX, 'codegen', '--skip-nx-cache']],
  docs: [
    [...NX, 'build', '-p', '@viernes/contracts'],
    ['node', 'tools/docs/main.ts'],
  ],
};

/**
 * @param {string} command a key of COMMANDS
 * @param {readonly string[]} args given to the last line
 * @returns {string[][]} program and arguments of each line; the program `node` is the pinned one
 */
export function linesOf(command, args) {
  const lines = COMMANDS[command] ?? [['node', `tools/${command}/main.ts`]];
  return lines.map((line, index) => (index === lines.length - 1 ? [...line, ...args] : [...line]));
}
