import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { videoV1 } from '@viernes/contracts';
import { Idempotent } from '@viernes/database';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { assertAudience } from './audience.js';
import { EndPlayback } from './end-playback.service.js';
import { GetMasterPlaylist } from './get-master-playlist.service.js';
import { GetMediaLocation } from './get-media-location.service.js';
import { GetMediaPlaylist } from './get-media-playlist.service.js';
import { HeartbeatPlayback } from './heartbeat-playback.service.js';
import {
  EndPlaybackRequest,
  GetMasterPlaylistRequest,
  HeartbeatPlaybackRequest,
  RenditionRequest,
  StartPlaybackRequest,
} from './playback.requests.js';
import { StartPlayback } from './start-playback.service.js';

/**
 * An account finds only its own sessions. Playlists and media are public, because the session's token authorizes the
 * call.
 */
@Controller()
export class PlaybackController {
  constructor(
    private readonly start: StartPlayback,
    private readonly masterPlaylist: GetMasterPlaylist,
    private readonly mediaPlaylist: GetMediaPlaylist,
    private readonly mediaLocation: GetMediaLocation,
    private readonly heartbeat: HeartbeatPlayback,
    private readonly end: EndPlayback,
  ) {}

  @GrpcMethod('VideoService', 'startPlayback')
  @Access('account')
  @Idempotent(videoV1.VideoServiceService.startPlayback)
  async startPlayback(
    @Payload({ schema: StartPlaybackRequest }) request: StartPlaybackRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<videoV1.StartPlaybackResponse> {
    assertAudience(caller, request);
    const { accountId } = caller;
    const { profileId, titleId } = request;
    return { playback: await this.start.run({ accountId, profileId, titleId }) };
  }

  @GrpcMethod('VideoService', 'getMasterPlaylist')
  @Access('public')
  async getMasterPlaylist(
    @Payload({ schema: GetMasterPlaylistRequest }) credentials: GetMasterPlaylistRequest,
  ): Promise<videoV1.GetMasterPlaylistResponse> {
    return { playlist: await this.masterPlaylist.run(credentials) };
  }

  @GrpcMethod('VideoService', 'getMediaPlaylist')
  @Access('public')
  async getMediaPlaylist(
    @Payload({ schema: RenditionRequest }) { renditionId, ...credentials }: RenditionRequest,
  ): Promise<videoV1.GetMediaPlaylistResponse> {
    return { playlist: await this.mediaPlaylist.run(credentials, renditionId) };
  }

  @GrpcMethod('VideoService', 'getMediaLocation')
  @Access('public')
  async getMediaLocation(
    @Payload({ schema: RenditionRequest }) { renditionId, ...credentials }: RenditionRequest,
  ): Promise<videoV1.GetMediaLocationResponse> {
    return { url: await this.mediaLocation.run(credentials, renditionId) };
  }

  @GrpcMethod('VideoService', 'heartbeatPlayback')
  @Access('account')
  async heartbeatPlayback(
    @Payload({ schema: HeartbeatPlaybackRequest }) { playbackId, positionMs }: HeartbeatPlaybackRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<videoV1.HeartbeatPlaybackResponse> {
    const expiresAt = await this.heartbeat.run(accountId, playbackId, positionMs);
    return { expiresAt: expiresAt.toISOString() };
  }

  @GrpcMethod('VideoService', 'endPlayback')
  @Access('account')
  async endPlayback(
    @Payload({ schema: EndPlaybackRequest }) { playbackId, positionMs }: EndPlaybackRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<videoV1.EndPlaybackResponse> {
    await this.end.run(accountId, playbackId, positionMs);
    return {};
  }
}
