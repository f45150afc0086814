import { z } from 'zod';

/**
 * Reads the settings of a process once, at its start. An empty variable counts as absent, because a compose file
 * cannot omit one conditionally.
 *
 * @returns the parsed settings, frozen
 * @throws Error whose message lists every invalid setting, one per line
 */
export function loadConfig<Schema extends z.ZodType>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): Readonly<z.infer<Schema>> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || '(settings)'}: ${message}`);
    throw new Error(`Invalid configuration\n${lines.join('\n')}`);
  }
  return Object.freeze(parsed.data);
}

/** Returns only the settings of one feature, so that no other feature receives its secrets. */
export function selectSettings<Config extends object, Name extends keyof Config & string>(
  config: Config,
  env: Readonly<Record<Name, unknown>>,
): Pick<Config, Name> {
  const names = Object.keys(env) as Name[];
  return Object.fromEntries(names.map((name) => [name, config[name]])) as Pick<Config, Name>;
}
