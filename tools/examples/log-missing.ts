import pc from 'picocolors';

/** Toolchains of examples are optional, but a check that is left out must be visible. */
export function logMissing(example: string, missing: string): void {
  console.log(pc.yellow(`NOT CHECKED: ${example}, because ${missing} not available`));
}
