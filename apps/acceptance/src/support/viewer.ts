import type { ApiClient, Schema } from '@viernes/api-client';
import { type HttpResponse, apiClient, requireBody, call, retryWhenRateLimited } from './http.js';
import { uniqueEmail } from './unique.js';

const PASSWORD = 'popcorn on a friday';

/** A signed-in account without special rights, which plays titles. */
export class Viewer {
  private readonly api: ApiClient;

  constructor(
    readonly email: string,
    readonly session: Schema<'Session'>,
    /** The refresh cookie as a browser sends it: "viernes_refresh=..." */
    readonly cookie: string,
    edgeUrl?: string,
  ) {
    this.api = apiClient(session.accessToken, edgeUrl);
  }

  static readonly password = PASSWORD;

  static async signUp(edgeUrl?: string): Promise<Viewer> {
    const email = uniqueEmail();
    const body = { email, password: PASSWORD, profileName: 'Ana' };
    requireBody(
      await retryWhenRateLimited(() => call(apiClient(undefined, edgeUrl).POST('/v1/accounts', { body }))),
      201,
    );
    return Viewer.signIn(email, PASSWORD, edgeUrl);
  }

  static async signIn(email: string, password = PASSWORD, edgeUrl?: string): Promise<Viewer> {
    const response = await retryWhenRateLimited(() =>
      call(apiClient(undefined, edgeUrl).POST('/v1/sessions', { body: { email, password } })),
    );
    return new Viewer(email, requireBody(response, 201), refreshCookieIn(response), edgeUrl);
  }

  get token(): string {
    return this.session.accessToken ?? '';
  }

  get profileId(): string {
    const [profile] = this.session.profiles;
    if (profile === undefined) throw new Error(`${this.email} has no profile`);
    return profile.id;
  }

  async createProfile(body: Schema<'NewProfile'>): Promise<Schema<'Profile'>> {
    return requireBody(await call(this.api.POST('/v1/profiles', { body })), 201);
  }

  /** Sets the PIN of the first profile. */
  async setPin(pin: string): Promise<void> {
    const path = { id: this.profileId };
    requireBody(await call(this.api.PUT('/v1/profiles/{id}/pin', { params: { path }, body: { pin } })), 204);
  }

  async requestPlayback(titleId: string, profileId = this.profileId): Promise<HttpResponse<Schema<'Playback'>>> {
    return call(this.api.POST('/v1/playback', { body: { titleId, profileId } }));
  }

  async play(titleId: string): Promise<Schema<'Playback'>> {
    return requireBody(await this.requestPlayback(titleId), 201);
  }

  async heartbeat(id: string, positionMs: number): Promise<HttpResponse> {
    return call(this.api.POST('/v1/playback/{id}/heartbeats', { params: { path: { id } }, body: { positionMs } }));
  }

  async stop(id: string): Promise<HttpResponse> {
    return call(this.api.DELETE('/v1/playback/{id}', { params: { path: { id } } }));
  }

  async continueWatching(): Promise<Schema<'ContinueWatchingList'>['entries']> {
    const path = { id: this.profileId };
    return requireBody(await call(this.api.GET('/v1/profiles/{id}/continue-watching', { params: { path } })), 200)
      .entries;
  }
}

/** Returns the refresh cookie that a response sets, without its attributes. */
export function refreshCookieIn(response: HttpResponse): string {
  const cookie = response.headers.getSetCookie().find((line) => line.startsWith('viernes_refresh='));
  return cookie?.split(';')[0] ?? '';
}
