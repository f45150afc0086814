import type { CodedError, videoV1 } from '@viernes/contracts';
import type { PartySnapshot } from './party.js';
import { toStateMessage, toTextsMessage } from './party.message.js';

/** One stream of a participant. Sends only the changes since the previous response. */
export class PartyConnection {
  private lastState = '';

  /**
   * @param lastTextNumber the number of the latest text that the client has received
   * @param closing ends the stream, with the error as reason
   */
  constructor(
    readonly partyId: string,
    readonly participantId: string,
    private lastTextNumber: number,
    readonly send: (response: videoV1.JoinPartyResponse) => void,
    private readonly closing: AbortController,
  ) {}

  get textNumber(): number {
    return this.lastTextNumber;
  }

  sendChanges(snapshot: PartySnapshot): void {
    const response = toStateMessage(snapshot, this.participantId);
    const state = JSON.stringify(response);
    if (state !== this.lastState) this.send(response);
    this.lastState = state;
    const texts = snapshot.texts.filter(({ number }) => number > this.lastTextNumber);
    if (texts.length > 0) this.send(toTextsMessage(texts));
    this.lastTextNumber = texts.at(-1)?.number ?? this.lastTextNumber;
  }

  close(error: CodedError): void {
    this.closing.abort(error);
  }
}
