import { ProcessGroup, type ProcessCommand } from '../processes/process-group.js';

/** The processes of one mode of the platform. */
export class Mode extends ProcessGroup {
  readonly edgeUrl: string;

  constructor({ edgeUrl, processes }: { readonly edgeUrl: string; readonly processes: readonly ProcessCommand[] }) {
    super(processes);
    this.edgeUrl = edgeUrl;
  }
}
