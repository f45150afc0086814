import { PassThrough } from 'node:stream';
import { CodedError, type videoV1 } from '@viernes/contracts';
import type { WebSocketConnection } from '@viernes/gateway';
import { retryDelayMs, runInContext, sleep, type Logger } from '@viernes/platform';
import { isTemporary } from '../upstream/is-temporary.js';
import type { VideoClient } from '../upstream/upstream.js';
import { toPartyRequest, toServerMessage } from './party.message.js';
import type { joinParty } from './party.operations.js';
import type { PartyClientMessage } from './party.schema.js';

/** Short, because a stream usually breaks when its pod is replaced. */
const RETRY_BASE_MS = 200;
const RETRY_CAP_MS = 3_000;

/** Maximum number of messages that the service has not read yet. */
const MAX_QUEUED = 100;

/** Connects a WebSocket to a party. If the gRPC stream breaks, joins again with another one. */
export class PartyStream {
  private requests: PassThrough | undefined;
  private hasLeft = false;
  /** Number of the next retry. Starts again with 1 when the service has accepted a stream. */
  private attempt = 1;

  /** @param join contains the number of the latest text that the client has received; updated with each further text */
  constructor(
    private readonly video: VideoClient,
    private readonly connection: WebSocketConnection<typeof joinParty>,
    private readonly join: videoV1.PartyJoin,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  /**
   * Forwards a message of the client. Without a stream, a message is lost: clients send unconfirmed ones again when they
   * receive `joined`.
   *
   * @throws CodedError OVERLOADED
   */
  forward(message: PartyClientMessage): void {
    this.hasLeft ||= message.type === 'leave';
    if ((this.requests?.writableLength ?? 0) >= MAX_QUEUED) throw new CodedError('OVERLOADED', { queued: MAX_QUEUED });
    this.requests?.write({ message: toPartyRequest(message) });
  }

  /** Joins until the connection is closed. Closes it after an error that another stream cannot correct. */
  async run(): Promise<void> {
    const { closed, context } = this.connection;
    for (; !closed.aborted; this.attempt += 1) {
      try {
        await runInContext(context, () => this.joinOnce(closed));
      } catch (error) {
        if (!isTemporary(error)) {
          this.connection.sendError(error);
          return this.connection.close('finished');
        }
        this.logger.warn({ err: error }, 'party stream failed, retry scheduled');
      }
      if (this.hasLeft) return this.connection.close('finished');
      await sleep(retryDelayMs(this.attempt, RETRY_BASE_MS, RETRY_CAP_MS), closed);
    }
  }

  /** Forwards messages until the stream ends. */
  private async joinOnce(signal: AbortSignal): Promise<void> {
    const requests = new PassThrough({ objectMode: true });
    this.requests = requests;
    requests.write({ message: { $case: 'join', join: { ...this.join } } });
    let isJoined = false;
    try {
      for await (const { message } of this.video.joinParty(requests, { signal })) {
        if (!message) continue;
        if (!isJoined) this.connection.send({ type: 'joined' });
        isJoined = true;
        this.attempt = 1;
        this.connection.send(toServerMessage(message));
        if (message.$case === 'texts')
          this.join.lastTextNumber = message.texts.texts.at(-1)?.number ?? this.join.lastTextNumber;
      }
    } finally {
      this.requests = undefined;
      requests.end();
    }
  }
}
