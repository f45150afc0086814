import { Controller, Inject, Logger, Req, Res } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { DEFAULT_TIMEOUT_MS, Handles, Input, ConcurrencyLimiter, type InputOf } from '@viernes/gateway';
import { requireCaller, Shutdown } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { required } from '../upstream/required.js';
import { VIDEO, type VideoClient } from '../upstream/upstream.js';
import { AssetChanges } from './asset-changes.js';
import { toAssetResponse } from './asset.response.js';
import { getAsset, watchAsset, type AssetResponse } from './asset.operations.js';
import { eventStream } from './event-stream.js';

const HEARTBEAT_MS = 15_000;

/** Each stream asks video twice a second: an editor has some pages open, not hundreds. */
const STREAMS = { perKey: 20, total: 500 };

@Controller()
export class AssetController {
  private readonly logger = new Logger(AssetController.name);
  private readonly streams = new ConcurrencyLimiter('asset-events', STREAMS);

  constructor(
    @Inject(VIDEO) private readonly video: VideoClient,
    private readonly changes: AssetChanges,
    private readonly shutdown: Shutdown,
  ) {}

  @Handles(getAsset)
  async get(@Input(getAsset) { params }: InputOf<typeof getAsset>): Promise<AssetResponse> {
    const { asset } = await this.video.getAsset({ assetId: params.id });
    return toAssetResponse(required(asset, 'asset'));
  }

  /** Waits for the first state before it answers, so that an unknown asset is a problem and not an empty stream. */
  @Handles(watchAsset)
  async watch(
    @Input(watchAsset) { params }: InputOf<typeof watchAsset>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (request.method === 'HEAD') return void reply.type('text/event-stream').send();
    this.streams.acquireFor(requireCaller().accountId, reply.raw);
    const reader = new AbortController();
    const end = (): void => reader.abort();
    reply.raw.once('close', end);
    const signal = AbortSignal.any([reader.signal, this.shutdown.signal]);
    const events = this.changes.watch(params.id, signal);

    const tooLate = setTimeout(end, DEFAULT_TIMEOUT_MS);
    const first = await events.next().finally(() => clearTimeout(tooLate));
    if (first.done) throw new CodedError(this.shutdown.signal.aborted ? 'OVERLOADED' : 'DEADLINE_EXCEEDED');

    const onError = (error: unknown): void => this.logger.warn({ err: error }, 'event stream ended early');
    const stream = eventStream(first.value, { name: 'asset', events, reader, heartbeatMs: HEARTBEAT_MS, onError });
    void reply
      .type('text/event-stream')
      // A proxy that collects the answer before it passes it on would make events useless.
      .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      .send(stream);
  }
}
