import {
  createApplicationParts,
  createGrpcService,
  createInProcessClient,
  InProcessServer,
  runWithLogger,
  type ClientFactory,
  type GrpcServiceOptions,
  type ProcessParts,
  type RunningApplication,
} from '@viernes/platform';
import { createEdge, listen } from '@viernes/edge/create-edge';
import type { MonolithConfig } from './config.js';

/**
 * Starts the edge and the services in this process. Each has its own Nest application, as in its own process, and the edge
 * calls the services without a network. Workers still reach video over gRPC.
 */
export async function startMonolith(config: MonolithConfig, processParts: ProcessParts): Promise<RunningApplication> {
  const [catalog, user, video] = await Promise.all(
    [config.catalog, config.user, config.video].map((service) => startService(service, processParts)),
  );
  if (!catalog || !user || !video) throw new Error('unreachable: each of the three services has started');
  const services = { catalog: catalog.connect, user: user.connect, video: video.connect };
  const edge = await startEdge(config.edge, processParts, services);
  return {
    // Callers first: requests in flight still need the services.
    close: async () => {
      await edge.close();
      await Promise.all([catalog, user, video].map((service) => service.close()));
    },
  };
}

interface RunningService extends RunningApplication {
  readonly connect: ClientFactory;
}

async function startService(options: GrpcServiceOptions, processParts: ProcessParts): Promise<RunningService> {
  const parts = createApplicationParts(options.name, options.config.LOG_LEVEL, processParts);
  const server = new InProcessServer(options.definitions);
  return runWithLogger(parts.logger, async () => {
    const service = await createGrpcService(options, parts, server);
    await service.listen();
    return {
      connect: (definition, policy) => createInProcessClient(definition, server, policy),
      close: () =>
        runWithLogger(parts.logger, async () => {
          parts.shutdown.begin();
          await service.close();
        }),
    };
  });
}

async function startEdge(
  config: MonolithConfig['edge'],
  processParts: ProcessParts,
  services: Readonly<Record<'catalog' | 'user' | 'video', ClientFactory>>,
): Promise<RunningApplication> {
  const parts = createApplicationParts('edge', config.LOG_LEVEL, processParts, processParts.shutdown);
  return runWithLogger(parts.logger, async () => {
    const edge = await createEdge(config, parts, { services });
    await listen(edge, config.HTTP_ADDRESS);
    return { close: () => runWithLogger(parts.logger, () => edge.close()) };
  });
}
