import type { CallWatch } from './call-watch.js';
import { drawTimeGraph } from './time-graph.js';

export interface ScalingMoments {
  readonly scaledAtMs: number;
  readonly readyAtMs: number;
  readonly reducedAtMs: number;
  readonly aloneAtMs: number;
}

const WINDOW_SECONDS = 3;

/** Which pod served how many calls, while there were one, three and one of them. */
export function scalingGraph(service: string, watch: CallWatch, at: ScalingMoments, load: string): string {
  const startMs = watch.looks[0]?.atMs ?? 0;
  const since = (ms: number): number => (ms - startMs) / 1000;
  const rates = [...watch.rates(WINDOW_SECONDS)];
  return drawTimeGraph({
    title: `kubectl scale deployment/viernes-${service}: 1 to 3 pods, and back`,
    subtitle: `${load} Measured by npm run test:k8s.`,
    marks: [
      { seconds: since(at.scaledAtMs), text: '--replicas=3' },
      { seconds: since(at.readyAtMs), text: 'three ready' },
      { seconds: since(at.reducedAtMs), text: '--replicas=1' },
      { seconds: since(at.aloneAtMs), text: 'one left' },
    ],
    panels: [
      {
        title: `Calls a second`,
        series: rates.map(([, points], index) => ({ name: `pod ${index + 1}`, points, shape: 'line' as const })),
      },
      {
        title: 'Pods that answer',
        series: [
          {
            name: 'pods',
            shape: 'step',
            points: watch.looks.map(({ atMs, calls }) => [since(atMs), calls.size] as const),
          },
        ],
      },
    ],
  });
}
