import { z } from 'zod';

/**
 * Reads a process's settings once, at its start. An empty variable counts as absent, as a chart or a compose file
 * leaves them.
 *
 * @returns the parsed settings, frozen
 * @throws Error whose message lists every fault, one a line
 */
export function loadConfig<Schema extends z.ZodType>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): Readonly<z.infer<Schema>> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    const fieldErrors = parsed.error.issues.map(
      ({ path, message }) => `  ${path.join('.') || '(settings)'}: ${message}`,
    );
    throw new Error(`Bad configuration\n${fieldErrors.join('\n')}`);
  }
  return Object.freeze(parsed.data);
}
