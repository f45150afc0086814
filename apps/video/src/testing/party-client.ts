import { randomUUID } from 'node:crypto';
import type { videoV1 } from '@viernes/contracts';
import { readObservable, type Caller } from '@viernes/platform';
import { eventually } from '@viernes/testing';
import { ReplaySubject } from 'rxjs';
import type { TestVideo } from './test-video.js';

type Request = NonNullable<videoV1.JoinPartyRequest['message']>;
type Response = NonNullable<videoV1.JoinPartyResponse['message']>;

/** A client of a party, like the edge on behalf of a browser. */
export class PartyClient {
  readonly responses: Response[] = [];
  /** Resolves with the code of the error that ended the stream, undefined if it ended without one. */
  readonly ended: Promise<string | undefined>;
  private readonly requests = new ReplaySubject<videoV1.JoinPartyRequest>();
  private readonly leaving = new AbortController();

  private constructor(service: TestVideo, caller: Caller, join: videoV1.PartyJoin) {
    this.ended = service.as(caller, () => this.read(service)).catch((error: { code: string }) => error.code);
    this.send({ $case: 'join', join });
  }

  /** Joins without waiting for a response. */
  static open(service: TestVideo, caller: Caller, code: string, name = 'Ada', lastTextNumber = 0): PartyClient {
    return new PartyClient(service, caller, { code, name, lastTextNumber });
  }

  /** Joins, and waits for the state of the party. */
  static async join(...parameters: Parameters<typeof PartyClient.open>): Promise<PartyClient> {
    const client = PartyClient.open(...parameters);
    await client.until((state) => state.selfId !== '');
    return client;
  }

  get state(): videoV1.PartyState | undefined {
    return this.all('state').at(-1)?.state;
  }

  get texts(): videoV1.PartyTextEntry[] {
    return this.all('texts').flatMap(({ texts }) => texts.texts);
  }

  get selfId(): string {
    return this.state?.selfId ?? '';
  }

  get names(): string[] {
    return this.state?.participants.map(({ name }) => name) ?? [];
  }

  all<Case extends Response['$case']>(name: Case): Extract<Response, { $case: Case }>[] {
    return this.responses.filter((one): one is Extract<Response, { $case: Case }> => one.$case === name);
  }

  send(message: Request): void {
    this.requests.next({ message });
  }

  control(isPlaying: boolean, positionMs: number): void {
    this.send({ $case: 'control', control: { isPlaying, positionMs } });
  }

  write(text: string, clientId: string = randomUUID()): void {
    this.send({ $case: 'text', text: { clientId, text } });
  }

  until(isReached: (state: videoV1.PartyState) => boolean): Promise<unknown> {
    return eventually(() => this.state !== undefined && isReached(this.state));
  }

  /** Breaks the connection, without a message. */
  disconnect(): Promise<string | undefined> {
    this.leaving.abort();
    return this.ended;
  }

  private async read(service: TestVideo): Promise<undefined> {
    const { signal } = this.leaving;
    for await (const { message } of service.video.joinParty(readObservable(this.requests, signal), { signal }))
      if (message) this.responses.push(message);
  }
}
