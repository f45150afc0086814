import { Controller } from '@nestjs/common';
import { Handles, Input, type InputOf } from '@viernes/gateway';
import { ComposeHome } from './compose-home.service.js';
import { getHome, type HomeResponse } from './home.operations.js';

@Controller()
export class HomeController {
  constructor(private readonly composeHome: ComposeHome) {}

  @Handles(getHome)
  get(@Input(getHome) { query }: InputOf<typeof getHome>): Promise<HomeResponse> {
    return this.composeHome.run(query.profileId);
  }
}
