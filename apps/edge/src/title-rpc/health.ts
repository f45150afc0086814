import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import {
  HealthCheckResponse_ServingStatus as ServingStatus,
  TitleService,
  type Health,
} from '@viernes/contracts/public';

const SERVICES = ['', TitleService.typeName];

/**
 * Reports the state of this process, which is not serving while it drains.
 *
 * @see https://grpc.io/docs/guides/health-checking/
 */
export function createHealth(draining: AbortSignal): Partial<ServiceImpl<typeof Health>> {
  return {
    check: ({ service }) => {
      if (!SERVICES.includes(service))
        throw new ConnectError(`${service} is not a service of this server`, Code.NotFound);
      return { status: draining.aborted ? ServingStatus.NOT_SERVING : ServingStatus.SERVING };
    },
  };
}
