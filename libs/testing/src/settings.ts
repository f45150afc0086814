import { z } from 'zod';

/** Settings by name: the default as text, `none` where absence is fine, `required` where it is not. */
export type Settings = Readonly<Record<string, string>>;

/** The settings that a schema of environment variables reads. */
export function settingsOf(schema: z.ZodType): Settings {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const fallback = typeof property === 'object' ? property.default : undefined;
      if (fallback !== undefined && fallback !== '') return [name, String(fallback)];
      return [name, required.includes(name) ? 'required' : 'none'];
    }),
  );
}

/** The settings that a README documents: the rows of its tables that begin with a name in capitals, then the default. */
export function documentedSettings(markdown: string): Settings {
  const rows = markdown.matchAll(/^\| *`([A-Z0-9_]+)` *\| *`?([^|`]*?)`? *\|/gm);
  return Object.fromEntries([...rows].map(([, name = '', fallback = '']) => [name, fallback]));
}
