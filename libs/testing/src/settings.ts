import { z } from 'zod';

/** Settings by name. The value is the default, `none` for an optional setting, or `required`. */
export type Settings = Readonly<Record<string, string>>;

/** Lists the settings in a schema of environment variables. */
export function toSettings(schema: z.ZodType): Settings {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const fallback = typeof property === 'object' ? property.default : undefined;
      if (fallback !== undefined && fallback !== '') return [name, String(fallback)];
      return [name, required.includes(name) ? 'required' : 'none'];
    }),
  );
}

/** Parses the settings that a README documents: table rows that start with a name in capitals and the default. */
export function parseDocumentedSettings(markdown: string): Settings {
  const rows = markdown.matchAll(/^\| *`([A-Z0-9_]+)` *\| *`?([^|`]*?)`? *\|/gm);
  return Object.fromEntries([...rows].map(([, name = '', fallback = '']) => [name, fallback]));
}
