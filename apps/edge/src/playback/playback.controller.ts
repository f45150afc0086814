import { Controller, Header, Inject, Req, Res } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Handles, Input, type ResponseOf, type InputOf } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { required } from '../upstream/required.js';
import { CATALOG, USER, VIDEO, type CatalogClient, type UserClient, type VideoClient } from '../upstream/upstream.js';
import { MediaProxy } from './media-proxy.js';
import { NextEpisode } from './next-episode.js';
import {
  endPlayback,
  getMasterPlaylist,
  getMedia,
  getMediaPlaylist,
  heartbeatPlayback,
  startPlayback,
  type PlaybackResponse,
} from './playback.operations.js';

@Controller()
export class PlaybackController {
  constructor(
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    @Inject(USER) private readonly user: UserClient,
    @Inject(VIDEO) private readonly video: VideoClient,
    private readonly nextEpisode: NextEpisode,
    private readonly proxy: MediaProxy,
  ) {}

  /**
   * First, the user service checks the owner of the profile, and the catalog checks whether the profile can see the title,
   * because the video service keeps the videos of deleted titles. The video service checks that the session has selected
   * the profile, and checks the minimum age again. A series has no video, so it plays its next episode.
   */
  @Handles(startPlayback)
  async start(
    @Input(startPlayback) { body }: InputOf<typeof startPlayback>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlaybackResponse> {
    const playback = await this.startVideo(body).catch(async (error: unknown) => {
      if (!(error instanceof CodedError) || error.code !== 'TITLE_NOT_PLAYABLE') throw error;
      const titleId = await this.nextEpisode.find(body.profileId, body.titleId);
      if (titleId === undefined) throw error;
      return this.startVideo({ ...body, titleId });
    });
    reply.header('location', `/v1/playback/${playback.id}`);
    return playback;
  }

  private async startVideo(body: InputOf<typeof startPlayback>['body']): Promise<PlaybackResponse> {
    const [{ positionMs }, { minimumAge }] = await Promise.all([
      this.user.getResumePosition(body),
      this.catalog.checkVisibility({ id: body.titleId }),
    ]);
    const started = await this.video.startPlayback({ ...body, minimumAge });
    const { token, expiresAt, ...playback } = required(started.playback, 'playback');
    return {
      ...playback,
      playlistUrl: `/v1/playback/${playback.id}/master.m3u8?token=${encodeURIComponent(token)}`,
      resumePositionMs: positionMs,
      expiresAt: required(expiresAt, 'expires_at'),
    };
  }

  @Handles(getMasterPlaylist)
  @Header('content-type', getMasterPlaylist.success.contentType)
  async master(@Input(getMasterPlaylist) { params, query }: InputOf<typeof getMasterPlaylist>): Promise<string> {
    const { playlist } = await this.video.getMasterPlaylist({ playbackId: params.id, token: query.token });
    return playlist;
  }

  @Handles(getMediaPlaylist)
  @Header('content-type', getMediaPlaylist.success.contentType)
  async mediaPlaylist(@Input(getMediaPlaylist) { params, query }: InputOf<typeof getMediaPlaylist>): Promise<string> {
    const { id: playbackId, renditionId } = params;
    const { playlist } = await this.video.getMediaPlaylist({ playbackId, renditionId, token: query.token });
    return playlist;
  }

  @Handles(getMedia)
  async media(
    @Input(getMedia) { params, query }: InputOf<typeof getMedia>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { id: playbackId, renditionId } = params;
    const { url } = await this.video.getMediaLocation({ playbackId, renditionId, token: query.token });
    await this.proxy.forward(playbackId, url, request, reply);
  }

  @Handles(heartbeatPlayback)
  async heartbeat(
    @Input(heartbeatPlayback) { params, body }: InputOf<typeof heartbeatPlayback>,
  ): Promise<ResponseOf<typeof heartbeatPlayback>> {
    const { expiresAt } = await this.video.heartbeatPlayback({ playbackId: params.id, ...body });
    return { expiresAt: required(expiresAt, 'expires_at') };
  }

  @Handles(endPlayback)
  async end(@Input(endPlayback) { params, query }: InputOf<typeof endPlayback>): Promise<void> {
    await this.video.endPlayback({ playbackId: params.id, positionMs: query.positionMs });
  }
}
