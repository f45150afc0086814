import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { catalogV1 } from '@viernes/contracts';
import { Access, pageSize } from '@viernes/platform';
import { z } from 'zod';
import { MAX_ROW_SIZE } from './home-rows.js';
import { ListHomeRows } from './list-home-rows.service.js';

const ListHomeRowsRequest = z.object({ rowSize: pageSize(20, MAX_ROW_SIZE), knownVersion: z.string().max(100) });
type ListHomeRowsRequest = z.infer<typeof ListHomeRowsRequest>;

@Controller()
export class HomeController {
  constructor(private readonly list: ListHomeRows) {}

  @GrpcMethod('CatalogService', 'listHomeRows')
  @Access('public')
  async listHomeRows(
    @Payload({ schema: ListHomeRowsRequest }) { rowSize, knownVersion }: ListHomeRowsRequest,
  ): Promise<catalogV1.ListHomeRowsResponse> {
    return this.list.run(rowSize, knownVersion);
  }
}
