import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Provider } from 'oidc-provider';

export interface SignInProviderOptions {
  /** Default: a free port. */
  readonly port?: number;
  /** Page to which the provider redirects. */
  readonly redirectUri: string;
}

/** An OpenID provider with one client. It accepts every email without a password. */
export interface TestSignInProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Signs in as a browser does. Returns the URL of the redirect back to the client. */
  readonly signIn: (authorizationUrl: string, email: string) => Promise<URL>;
  readonly stop: () => Promise<void>;
}

/** The prefix of emails that the provider reports as unverified. */
export const UNVERIFIED = 'unverified-';

/** Starts an OpenID provider on the loopback interface. Each email is a separate user with the name Ada. */
export async function startSignInProvider({
  port = 0,
  redirectUri,
}: SignInProviderOptions): Promise<TestSignInProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['viernes', randomUUID()];
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context, email) => ({
      accountId: email,
      claims: () => ({ sub: email, email, email_verified: !email.startsWith(UNVERIFIED), name: 'Ada' }),
    }),
    cookies: { keys: [randomUUID()] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/sign-in/${uid}` },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
  });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    const isSignIn = request.url?.startsWith('/sign-in/');
    void (isSignIn ? interact(provider, request, response) : handle(request, response));
  });
  return {
    issuer,
    clientId,
    clientSecret,
    signIn,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Shows one form, and grants what the client requests. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      '<!doctype html><html lang="en"><title>Sign in</title><link rel="icon" href="data:,"><form method="post">' +
        '<label>Email <input name="email" type="email" required></label><button>Continue</button></form>',
    );
    return;
  }
  const accountId = new URLSearchParams(await text(request)).get('email') ?? '';
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId, clientId: String(params['client_id']) });
  grant.addOIDCScope(String(params['scope']));
  const consent = { grantId: await grant.save() };
  await provider.interactionFinished(request, response, { login: { accountId }, consent });
}

async function signIn(authorizationUrl: string, email: string): Promise<URL> {
  const { origin } = new URL(authorizationUrl);
  const cookies = new Map<string, string>();
  let url = new URL(authorizationUrl);
  let form: string | undefined;
  while (url.origin === origin) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form !== undefined && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null && (form !== undefined || !response.ok))
      throw new Error(`the provider returned ${response.status}: ${await response.text()}`);
    form = location === null ? new URLSearchParams({ email }).toString() : undefined;
    url = new URL(location ?? url, url);
  }
  return url;
}
