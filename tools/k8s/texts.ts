import pc from 'picocolors';
import type { Kubernetes } from './kubernetes.ts';
import { RELEASE } from './release.ts';

/** What one may want to do next. The password stays in its Secret: this is how to read it. */
export function afterwards({ cluster, namespace }: Kubernetes, url: string | undefined): string {
  const kubectl = `kubectl --context ${cluster.context} --namespace ${namespace}`;
  const reach =
    url === undefined
      ? `Reach it          ${kubectl} port-forward service/${RELEASE}-edge 8400:80\n                    then ${pc.cyan('http://127.0.0.1:8400')}`
      : `Reach it          ${pc.cyan(url)}`;
  return `
  ${pc.bold('Viernes is ready')}

  ${reach}
  Editor's email    ${kubectl} get secret ${RELEASE}-editor --output go-template='{{.data.email | base64decode}}'
  and password      ${kubectl} get secret ${RELEASE}-editor --output go-template='{{.data.password | base64decode}}'
  Watch it          ${kubectl} get pods,hpa --watch
  Scale it          docs/scaling.md, step by step
  Take it out       npm run k8s:down${namespace === RELEASE ? '' : ` -- --namespace ${namespace}`}
`;
}
