import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { catalogV1 } from '@viernes/contracts';
import { Access, pageSize } from '@viernes/platform';
import { z } from 'zod';
import { toTitleMessage } from '../title/title.message.js';
import { toHomeRows } from './home-rows.js';
import { HomeRepository } from './home.repository.js';

const ListHomeRowsRequest = z.object({ rowSize: pageSize(20, 50) });
type ListHomeRowsRequest = z.infer<typeof ListHomeRowsRequest>;

@Controller()
export class HomeController {
  constructor(private readonly home: HomeRepository) {}

  @GrpcMethod('CatalogService', 'listHomeRows')
  @Access('public')
  async listHomeRows(
    @Payload({ schema: ListHomeRowsRequest }) { rowSize }: ListHomeRowsRequest,
  ): Promise<catalogV1.ListHomeRowsResponse> {
    const rows = toHomeRows(await this.home.listEntries(rowSize));
    return { rows: rows.map(({ titles, ...row }) => ({ ...row, titles: titles.map(toTitleMessage) })) };
  }
}
