import { ProcessGroup, type ProcessCommand } from '../processes/process-group.js';

/** The platform in one of its modes, microservices or monolith, as processes that the bench starts. */
export class Mode extends ProcessGroup {
  readonly edgeUrl: string;

  constructor({ edgeUrl, processes }: { readonly edgeUrl: string; readonly processes: readonly ProcessCommand[] }) {
    super(processes);
    this.edgeUrl = edgeUrl;
  }
}
