import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { catalogV1 } from '@viernes/contracts';
import { Access, pageSize, parseRequest } from '@viernes/platform';
import { z } from 'zod';
import { titleMessage } from '../title/title.message.js';
import { rowsOf } from './home-rows.js';
import { HomeRepository } from './home.repository.js';

const homeRows = z.object({
  rowSize: pageSize(20, 50),
});

@Controller()
export class HomeController {
  constructor(private readonly home: HomeRepository) {}

  @GrpcMethod('CatalogService', 'listHomeRows')
  @Access('public')
  async listHomeRows(request: catalogV1.ListHomeRowsRequest): Promise<catalogV1.ListHomeRowsResponse> {
    const { rowSize } = parseRequest(homeRows, request);
    const rows = rowsOf(await this.home.listPlaces(rowSize));
    return { rows: rows.map(({ titles, ...row }) => ({ ...row, titles: titles.map(titleMessage) })) };
  }
}
