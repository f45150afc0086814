import { Controller } from '@nestjs/common';
import { Handles, Input, type InputOf } from '@viernes/gateway';
import { getHome, type HomeResponse } from './home.operations.js';
import { Home } from './home.service.js';

@Controller()
export class HomeController {
  constructor(private readonly home: Home) {}

  @Handles(getHome)
  get(@Input(getHome) { query }: InputOf<typeof getHome>): Promise<HomeResponse> {
    return this.home.compose(query.profileId);
  }
}
