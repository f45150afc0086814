import { Controller, Res } from '@nestjs/common';
import { Handles, Input, preventCaching, type InputOf } from '@viernes/gateway';
import type { FastifyReply } from 'fastify';
import { ComposeHome } from './compose-home.service.js';
import { getHome, type HomeResponse } from './home.operations.js';

@Controller()
export class HomeController {
  constructor(private readonly composeHome: ComposeHome) {}

  @Handles(getHome)
  async get(
    @Input(getHome) { query }: InputOf<typeof getHome>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HomeResponse> {
    const home = await this.composeHome.run(query.profileId);
    if (home.unavailableSources.length > 0) preventCaching(reply);
    return home;
  }
}
