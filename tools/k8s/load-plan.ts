import type { Cluster } from './cluster.ts';
import type { ImageStore } from './image-store.ts';

/** How one image gets into a cluster. */
export type LoadPlan =
  /** A program that takes the image's name, or a file that holds it. */
  | { readonly by: 'name' | 'archive'; readonly command: readonly string[] }
  /** The cluster uses this machine's images as they are. */
  | { readonly by: 'sharing' }
  /** The cluster pulls: somebody has to push. */
  | { readonly by: 'registry' };

/**
 * The way that this cluster wants.
 *
 * @param command K8S_LOAD_COMMAND: words that are called with the image's name behind them; goes before all else
 */
export function planLoad(cluster: Cluster, engine: ImageStore['engine'], command: string | undefined): LoadPlan {
  const words = (command ?? '').split(/\s+/).filter((word) => word !== '');
  if (words.length > 0) return { by: 'name', command: words };
  const isDocker = engine === 'docker';
  const by = isDocker ? 'name' : 'archive';
  switch (cluster.maker) {
    case 'kind': {
      const what = isDocker ? 'docker-image' : 'image-archive';
      return { by, command: ['kind', 'load', what, '--name', cluster.name] };
    }
    case 'minikube':
      return { by, command: ['minikube', '--profile', cluster.name, 'image', 'load'] };
    case 'k3d':
      return { by, command: ['k3d', 'image', 'import', '--cluster', cluster.name] };
    case 'docker-desktop':
    case 'rancher-desktop':
      return isDocker ? { by: 'sharing' } : { by: 'registry' };
    default:
      return { by: 'registry' };
  }
}
