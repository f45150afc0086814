import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access } from '@viernes/platform';
import { toTitleDetailsMessage } from '../title/title.message.js';
import { CreateTitle } from './create-title.service.js';
import { CreateTitleRequest } from './editing.requests.js';

@Controller()
export class EditingController {
  constructor(private readonly create: CreateTitle) {}

  @GrpcMethod('CatalogService', 'createTitle')
  @Access('editor')
  async createTitle(
    @Payload({ schema: CreateTitleRequest }) { title }: CreateTitleRequest,
  ): Promise<catalogV1.CreateTitleResponse> {
    return { title: toTitleDetailsMessage(await this.create.run(title)) };
  }
}
