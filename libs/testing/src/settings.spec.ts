import { z } from 'zod';
import { parseDocumentedSettings, toSettings } from './settings.js';

describe('settings', () => {
  it('toSettings returns the variables of a schema with their defaults', () => {
    const schema = z.object({
      ADDRESS: z.string(),
      BROKERS: z.string().transform((list) => list.split(',')),
      LIMIT: z.coerce.number().int().default(4),
      ORIGINS: z.string().default(''),
      PUBLIC_URL: z.url().optional(),
    });
    const expected = { ADDRESS: 'required', BROKERS: 'required', LIMIT: '4', ORIGINS: 'none', PUBLIC_URL: 'none' };
    expect(toSettings(schema)).toEqual(expected);
  });

  it('parseDocumentedSettings returns the rows of the settings table', () => {
    const readme = '| setting | default | |\n|---|---|---|\n| `LIMIT` | `4` | a day |\n| `ADDRESS` | required | |\n';
    expect(parseDocumentedSettings(readme)).toEqual({ LIMIT: '4', ADDRESS: 'required' });
  });
});
