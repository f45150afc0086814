// A gRPC service with the complete policy of the platform, in a separate process. Its only argument is host:port.
import { Controller, Module } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { catalogV1 } from '@viernes/contracts';
import { Access, hostPort, pageSize, runGrpcService, textLine } from '@viernes/platform';
import { z } from 'zod';
import { GET_TITLE_RESPONSE, LIST_TITLES_RESPONSE } from './titles.js';

const GetTitleRequest = z.object({ titleId: z.string() });
const ListTitlesRequest = z.object({
  pageSize: pageSize(24, 100),
  cursor: z.string().max(200),
  query: textLine(0, 100),
  filter: z.undefined(),
  order: z.number(),
});

@Access('public')
@Controller()
class Titles {
  @GrpcMethod('CatalogService', 'getTitle')
  async getTitle(
    @Payload({ schema: GetTitleRequest }) _request: z.infer<typeof GetTitleRequest>,
  ): Promise<catalogV1.GetTitleResponse> {
    return GET_TITLE_RESPONSE;
  }

  @GrpcMethod('CatalogService', 'listTitles')
  async listTitles(
    @Payload({ schema: ListTitlesRequest }) _request: z.infer<typeof ListTitlesRequest>,
  ): Promise<catalogV1.ListTitlesResponse> {
    return LIST_TITLES_RESPONSE;
  }
}

@Module({ controllers: [Titles] })
class TitlesModule {}

await runGrpcService({
  name: 'bench-grpc',
  config: {
    LOG_LEVEL: 'warn',
    HEALTH_ADDRESS: { host: '127.0.0.1', port: 0 },
    GRPC_ADDRESS: hostPort.parse(process.argv[2]),
    GRPC_MAX_CONNECTION_AGE_MS: 60_000,
    DRAIN_DELAY_MS: 0,
    DRAIN_TIMEOUT_MS: 1_000,
  },
  module: TitlesModule,
  definitions: { 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService },
});
process.send?.('listening');
process.once('disconnect', () => process.exit(0));
