import { Readable } from 'node:stream';
import { Controller, Inject, Logger, Req, Res } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { ConcurrencyLimiter, DEFAULT_TIMEOUT_MS, Handles, Input, type InputOf } from '@viernes/gateway';
import { requireCaller, Shutdown } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { required } from '../upstream/required.js';
import { VIDEO, type VideoClient } from '../upstream/upstream.js';
import { AssetChanges } from './asset-changes.js';
import { getAsset, watchAsset, type AssetResponse } from './asset.operations.js';
import { toAssetResponse } from './asset.response.js';
import { createEventStream } from './event-stream.js';

const HEARTBEAT_MS = 15_000;

/** The video service polls its database for each stream. An editor has a few pages open, not hundreds. */
const STREAM_LIMITS = { perKey: 20, total: 500 };

@Controller()
export class AssetController {
  private readonly logger = new Logger(AssetController.name);
  private readonly streams = new ConcurrencyLimiter('asset-events', STREAM_LIMITS);

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

  /** Waits for the first state before it responds, so that an unknown asset returns 404 instead of an empty stream. */
  @Handles(watchAsset)
  async watch(
    @Input(watchAsset) { params }: InputOf<typeof watchAsset>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // The last header prevents nginx from buffering the events.
    reply.type('text/event-stream').headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    if (request.method === 'HEAD') {
      await this.video.getAsset({ assetId: params.id });
      // Without a stream, Fastify would send a content-length of 0.
      return void reply.send(Readable.from([]));
    }
    this.streams.acquireFor(requireCaller().accountId, reply.raw);
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    reply.raw.once('close', abort);
    const signal = AbortSignal.any([controller.signal, this.shutdown.signal]);
    const events = this.changes.watch(params.id, signal);

    const deadline = setTimeout(abort, DEFAULT_TIMEOUT_MS);
    const first = await events.next().finally(() => clearTimeout(deadline));
    if (first.done) throw new CodedError(this.shutdown.signal.aborted ? 'OVERLOADED' : 'DEADLINE_EXCEEDED');

    const onError = (error: unknown): void => this.logger.warn({ err: error }, 'event stream failed');
    const stream = createEventStream(first.value, {
      name: 'asset',
      events,
      controller,
      heartbeatMs: HEARTBEAT_MS,
      onError,
    });
    void reply.send(stream);
  }
}
