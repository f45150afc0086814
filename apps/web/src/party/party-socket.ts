import type { Schema } from '@viernes/api-client';
import { isTemporary, Problem, type ProblemFields } from '../api/problem.js';
import { getParty } from './party-requests.js';
import type { ServerMessage } from './party-state.js';

export type ClientMessage = Schema<'PartyClientMessage'>;

export interface PartySocketEvents {
  readonly onMessage: (message: ServerMessage) => void;
  readonly onDisconnect: () => void;
  /** The party does not exist any more, or is full. */
  readonly onProblem: (problem: unknown) => void;
}

interface ErrorMessage {
  readonly type: 'error';
  readonly problem: ProblemFields;
}

const RETRY_BASE_MS = 250;
const RETRY_CAP_MS = 4_000;

/** The close code of the edge after a permanent error. */
const FINISHED = 1000;

/** A connection to a party, which is opened again until it is closed or fails permanently. */
export class PartySocket {
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private isClosed = false;

  /** @param lastTextNumber returns the number of the latest received text */
  constructor(
    private readonly code: string,
    private readonly lastTextNumber: () => number,
    private readonly events: PartySocketEvents,
  ) {
    this.open();
  }

  /** Does nothing without a connection. */
  send(message: ClientMessage): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private open(): void {
    const path = `/v1/parties/${encodeURIComponent(this.code)}/messages?after=${this.lastTextNumber()}`;
    const url = new URL(path, window.location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url);
    this.socket = socket;
    let problem: Problem | undefined;
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as ServerMessage | ErrorMessage;
      if (message.type === 'error') problem = new Problem(message.problem);
      else this.receive(message);
    });
    socket.addEventListener('close', ({ code }) => {
      if (this.isClosed) return;
      this.events.onDisconnect();
      if (code === FINISHED && problem) return this.events.onProblem(problem);
      this.attempt += 1;
      const delayMs = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** this.attempt) * (0.5 + Math.random() / 2);
      this.timer = setTimeout(() => void this.reopen(), delayMs);
    });
  }

  private receive(message: ServerMessage): void {
    if (message.type === 'joined') this.attempt = 0;
    this.events.onMessage(message);
  }

  /** Requests the party first: renews an expired session, and checks whether the party still exists. */
  private async reopen(): Promise<void> {
    try {
      await getParty(this.code);
    } catch (error) {
      if (this.isClosed) return;
      if (!(error instanceof Problem) || !isTemporary(error)) return this.events.onProblem(error);
    }
    if (!this.isClosed) this.open();
  }
}
