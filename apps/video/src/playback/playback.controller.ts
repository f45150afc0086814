import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { videoV1 } from '@viernes/contracts';
import { Access, parseRequest, requireCaller } from '@viernes/platform';
import { z } from 'zod';
import { PlaybackProgress } from './playback-progress.js';
import { Playlists } from './playlists.service.js';
import { StartPlayback } from './start-playback.service.js';

const positionMs = z.number().int().min(0);
const pass = { playbackId: z.guid(), token: z.string().min(1).max(200) };

const StartRequest = z.object({ titleId: z.guid(), profileId: z.guid() });
const MasterRequest = z.object(pass);
const RenditionRequest = z.object({ ...pass, renditionId: z.guid() });
const HeartbeatRequest = z.object({ playbackId: z.guid(), positionMs });
const EndRequest = z.object({ playbackId: z.guid(), positionMs: positionMs.optional() });

/** Sessions are their account's; playlists and media are whoever's has the token. */
@Controller()
export class PlaybackController {
  constructor(
    private readonly startPlayback: StartPlayback,
    private readonly playlists: Playlists,
    private readonly progress: PlaybackProgress,
  ) {}

  @GrpcMethod('VideoService', 'startPlayback')
  @Access('account')
  async start(request: videoV1.StartPlaybackRequest): Promise<videoV1.StartPlaybackResponse> {
    const { accountId } = requireCaller();
    return { playback: await this.startPlayback.run({ ...parseRequest(StartRequest, request), accountId }) };
  }

  @GrpcMethod('VideoService', 'getMasterPlaylist')
  @Access('public')
  async master(request: videoV1.GetMasterPlaylistRequest): Promise<videoV1.GetMasterPlaylistResponse> {
    return { playlist: await this.playlists.master(parseRequest(MasterRequest, request)) };
  }

  @GrpcMethod('VideoService', 'getMediaPlaylist')
  @Access('public')
  async media(request: videoV1.GetMediaPlaylistRequest): Promise<videoV1.GetMediaPlaylistResponse> {
    const { renditionId, ...playbackPass } = parseRequest(RenditionRequest, request);
    return { playlist: await this.playlists.media(playbackPass, renditionId) };
  }

  @GrpcMethod('VideoService', 'getMediaLocation')
  @Access('public')
  async location(request: videoV1.GetMediaLocationRequest): Promise<videoV1.GetMediaLocationResponse> {
    const { renditionId, ...playbackPass } = parseRequest(RenditionRequest, request);
    return { url: await this.playlists.location(playbackPass, renditionId) };
  }

  @GrpcMethod('VideoService', 'heartbeatPlayback')
  @Access('account')
  async heartbeat(request: videoV1.HeartbeatPlaybackRequest): Promise<videoV1.HeartbeatPlaybackResponse> {
    const { accountId } = requireCaller();
    const { playbackId, positionMs: position } = parseRequest(HeartbeatRequest, request);
    const expiresAt = await this.progress.heartbeat(accountId, playbackId, position);
    return { expiresAt: expiresAt.toISOString() };
  }

  @GrpcMethod('VideoService', 'endPlayback')
  @Access('account')
  async end(request: videoV1.EndPlaybackRequest): Promise<videoV1.EndPlaybackResponse> {
    const { accountId } = requireCaller();
    const { playbackId, positionMs: position } = parseRequest(EndRequest, request);
    await this.progress.end(accountId, playbackId, position);
    return {};
  }
}
