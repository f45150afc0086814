import { textLine } from '@viernes/platform';
import { z } from 'zod';
import { parseJsonText } from '../json-text.js';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An OpenID provider (OpenID Connect Core 1.0) at which Viernes is registered as a confidential client. */
const provider = z.strictObject({
  /** Identifies the provider in the API. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  /** Shown to users. */
  name: textLine(1, 50),
  /** The URL of the provider, exactly as its discovery document states it. */
  issuer: z.url({ protocol: /^https?$/, abort: true }).refine(isTlsOrLoopback, { error: 'must be an https: URL' }),
  clientId: z.string().min(1).max(300),
  clientSecret: z.string().min(1).max(1_000),
});

export type ProviderSettings = Readonly<z.infer<typeof provider>>;

export const identityEnv = {
  /** The providers with which users can sign in, as a JSON array of objects with the fields above. */
  OIDC_PROVIDERS: z
    .string()
    .default('[]')
    .transform(parseJsonText)
    .pipe(z.array(provider).max(20))
    .refine(haveUnique('id'), { error: 'each id must be unique' })
    .refine(haveUnique('issuer'), { error: 'each issuer must be unique' }),
};

/** Requires TLS, because codes, secrets, and tokens are sent to the provider. Loopback addresses are for tests. */
function isTlsOrLoopback(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'https:' || LOOPBACK.has(hostname);
}

function haveUnique(field: 'id' | 'issuer') {
  return (providers: readonly ProviderSettings[]): boolean =>
    new Set(providers.map((each) => each[field])).size === providers.length;
}
