import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** The differences between the next responses of a fake issuer and those of a correct one. */
export interface Misbehavior {
  readonly claims?: JWTPayload;
  /** Claims that the ID token lacks. */
  readonly without?: readonly string[];
  /** `none`: without a signature. `HS256`: signed with the text of the public key. */
  readonly algorithm?: 'none' | 'HS256';
  /** Signs with a key that the issuer has not published. */
  readonly usesUnknownKey?: boolean;
  /** HTTP status of the token endpoint. */
  readonly tokenStatus?: number;
}

/** An OpenID provider that accepts each code, and whose ID tokens have the errors that a test requests. */
export class FakeIssuer {
  misbehavior: Misbehavior = {};
  isAvailable = true;
  /** Runs before each response. */
  beforeResponse: (path: string) => Promise<void> | void = () => undefined;
  /** Copied from the authorization URL, as a browser would transport it. */
  nonce = '';

  private constructor(
    readonly issuer: string,
    private readonly keys: KeyPair,
    private readonly otherKeys: KeyPair,
    private readonly server: ReturnType<typeof createServer>,
  ) {}

  static async start(): Promise<FakeIssuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [keys, otherKeys] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
    const fake = new FakeIssuer(issuer, keys, otherKeys, server);
    server.on('request', (request, response) => void fake.respond(request.url ?? '', response));
    return fake;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async respond(path: string, response: ServerResponse): Promise<void> {
    await this.beforeResponse(path);
    const status = this.isAvailable ? (path === '/token' && this.misbehavior.tokenStatus) || 200 : 503;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? await this.read(path) : { error: 'invalid_grant' }));
  }

  private async read(path: string): Promise<unknown> {
    if (path === '/jwks') return { keys: [{ ...(await exportJWK(this.keys.publicKey)), alg: 'RS256', use: 'sig' }] };
    if (path === '/token') return { access_token: 'access', token_type: 'Bearer', id_token: await this.signIdToken() };
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  private async signIdToken(): Promise<string> {
    const { claims, without = [], algorithm, usesUnknownKey } = this.misbehavior;
    const now = Math.floor(Date.now() / 1_000);
    const correct = {
      iss: this.issuer,
      sub: 'ada',
      aud: 'viernes',
      nonce: this.nonce,
      iat: now,
      exp: now + 60,
      email: 'ada@example.org',
      email_verified: true,
    };
    const payload = Object.fromEntries(
      Object.entries({ ...correct, ...claims }).filter(([claim]) => !without.includes(claim)),
    );
    if (algorithm === 'none') return [encode({ alg: 'none' }), encode(payload), ''].join('.');
    const publicJwk = await exportJWK(this.keys.publicKey);
    const key =
      algorithm === 'HS256'
        ? new TextEncoder().encode(JSON.stringify(publicJwk))
        : (usesUnknownKey ? this.otherKeys : this.keys).privateKey;
    return new SignJWT(payload).setProtectedHeader({ alg: algorithm ?? 'RS256' }).sign(key);
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
