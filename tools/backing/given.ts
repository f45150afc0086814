import { BACKING_NAMES, VARIABLES, type BackingName } from './part.ts';

/**
 * The services whose address the environment gives.
 *
 * @throws Error when a service is given by half
 */
export function givenServices(
  env: NodeJS.ProcessEnv,
  names: readonly BackingName[] = BACKING_NAMES,
): Partial<Record<BackingName, Record<string, string>>> {
  const given: Partial<Record<BackingName, Record<string, string>>> = {};
  const faults: string[] = [];
  for (const name of names) {
    const values: Record<string, string> = {};
    for (const variable of VARIABLES[name]) {
      const value = env[variable];
      if (value !== undefined && value !== '') values[variable] = value;
    }
    const missing = VARIABLES[name].filter((variable) => !(variable in values));
    if (missing.length === 0) given[name] = values;
    else if (Object.keys(values).length > 0) {
      faults.push(`${Object.keys(values).join(', ')} is set, but not ${missing.join(', ')}`);
    }
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return given;
}

/** The address in it, for people: no user, no password. */
export function addressOf(name: BackingName, values: Readonly<Record<string, string>>): string {
  const value = values[VARIABLES[name][0]] ?? '';
  return URL.canParse(value) ? new URL(value).host || value : value;
}
