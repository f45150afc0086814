import type { Answer } from './http.js';
import type { ContinueWatching, Playback, Session } from './api-types.js';
import { bodyOf, get, post, send } from './http.js';
import { patiently } from './patiently.js';
import { uniqueEmail } from './unique.js';

const PASSWORD = 'popcorn on a friday';

/** Somebody with an account who watches. */
export class Viewer {
  constructor(
    readonly email: string,
    readonly session: Session,
    /** The refresh cookie, as the browser keeps it: "viernes_refresh=..." */
    readonly cookie: string,
  ) {}

  static readonly password = PASSWORD;

  static async signUp(): Promise<Viewer> {
    const email = uniqueEmail();
    bodyOf(await patiently(() => post('/v1/accounts', { email, password: PASSWORD, profileName: 'Ana' })), 201);
    return Viewer.signIn(email);
  }

  static async signIn(email: string, password = PASSWORD): Promise<Viewer> {
    const answer = await patiently(() => post<Session>('/v1/sessions', { email, password }));
    return new Viewer(email, bodyOf(answer, 201), cookieOf(answer));
  }

  get token(): string {
    return this.session.accessToken;
  }

  get profileId(): string {
    const [profile] = this.session.profiles;
    if (profile === undefined) throw new Error(`${this.email} has no profile`);
    return profile.id;
  }

  async requestPlayback(titleId: string, profileId = this.profileId): Promise<Answer<Playback>> {
    return post<Playback>('/v1/playback', { titleId, profileId }, { token: this.token });
  }

  async play(titleId: string): Promise<Playback> {
    return bodyOf(await this.requestPlayback(titleId), 201);
  }

  async heartbeat(playbackId: string, positionMs: number): Promise<Answer> {
    return post(`/v1/playback/${playbackId}/heartbeats`, { positionMs }, { token: this.token });
  }

  async stop(playbackId: string): Promise<Answer> {
    return send('DELETE', `/v1/playback/${playbackId}`, { token: this.token });
  }

  async continueWatching(): Promise<ContinueWatching['entries']> {
    const path = `/v1/profiles/${this.profileId}/continue-watching`;
    return bodyOf(await get<ContinueWatching>(path, { token: this.token }), 200).entries;
  }
}

/** The refresh cookie that an answer sets, without its attributes. */
export function cookieOf(answer: Answer): string {
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('viernes_refresh='));
  return cookie?.split(';')[0] ?? '';
}
