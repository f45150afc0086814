import { Controller, Inject, Logger, Res } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Connection, Handles, Input, type InputOf, type WebSocketConnection } from '@viernes/gateway';
import { requireCaller } from '@viernes/platform';
import type { FastifyReply } from 'fastify';
import { NextEpisode } from '../playback/next-episode.js';
import { required } from '../upstream/required.js';
import { CATALOG, USER, VIDEO, type CatalogClient, type UserClient, type VideoClient } from '../upstream/upstream.js';
import { createParty, getParty, joinParty } from './party.operations.js';
import type { PartyResponse } from './party.schema.js';
import { PartyStream } from './party-stream.js';

@Controller()
export class PartyController {
  private readonly logger = new Logger(PartyController.name);

  constructor(
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    @Inject(USER) private readonly user: UserClient,
    @Inject(VIDEO) private readonly video: VideoClient,
    private readonly nextEpisode: NextEpisode,
  ) {}

  /** The catalog decides whether the title exists for the profile, as for playback. A series plays its next episode. */
  @Handles(createParty)
  async create(
    @Input(createParty) { body }: InputOf<typeof createParty>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartyResponse> {
    const { titleId, profileId, episodeId = titleId } = body;
    const name = await this.getName(profileId);
    const create = async (videoId: string): Promise<PartyResponse> => {
      const { minimumAge } = await this.catalog.checkVisibility({ id: videoId });
      const { party } = await this.video.createParty({ titleId, videoId, profileId, name, minimumAge });
      return required(party, 'party');
    };
    const party = await create(episodeId).catch(async (error: unknown) => {
      if (!(error instanceof CodedError) || error.code !== 'TITLE_NOT_PLAYABLE') throw error;
      const videoId = await this.nextEpisode.find(profileId, titleId);
      if (videoId === undefined) throw error;
      return create(videoId);
    });
    reply.header('location', `/v1/parties/${party.code}`);
    return party;
  }

  @Handles(getParty)
  async get(@Input(getParty) { params }: InputOf<typeof getParty>): Promise<PartyResponse> {
    const { party } = await this.video.getParty(params);
    return required(party, 'party');
  }

  @Handles(joinParty)
  async join(
    @Input(joinParty) { params, query }: InputOf<typeof joinParty>,
    @Connection() connection: WebSocketConnection<typeof joinParty>,
  ): Promise<void> {
    try {
      const { profileId } = requireCaller();
      if (profileId === undefined) throw new CodedError('PROFILE_NOT_SELECTED');
      const name = await this.getName(profileId);
      const request = { ...params, name, lastTextNumber: query.after };
      const stream = new PartyStream(this.video, connection, request, this.logger);
      connection.onMessage((message) => stream.forward(message));
      await stream.run();
    } catch (error) {
      connection.sendError(error);
      connection.close('finished');
    }
  }

  private async getName(profileId: string): Promise<string> {
    const { profile } = await this.user.getProfile({ profileId });
    return required(profile, 'profile').name;
  }
}
