import { z } from 'zod';
import { documentedSettings, settingsOf } from './settings.js';

describe('settings', () => {
  it('of a schema are its variables with their defaults', () => {
    const schema = z.object({
      ADDRESS: z.string(),
      BROKERS: z.string().transform((list) => list.split(',')),
      LIMIT: z.coerce.number().int().default(4),
      ORIGINS: z.string().default(''),
      PUBLIC_URL: z.url().optional(),
    });
    const expected = { ADDRESS: 'required', BROKERS: 'required', LIMIT: '4', ORIGINS: 'none', PUBLIC_URL: 'none' };
    expect(settingsOf(schema)).toEqual(expected);
  });

  it('of a README are the rows of its table', () => {
    const readme = '| setting | default | |\n|---|---|---|\n| `LIMIT` | `4` | a day |\n| `ADDRESS` | required | |\n';
    expect(documentedSettings(readme)).toEqual({ LIMIT: '4', ADDRESS: 'required' });
  });
});
